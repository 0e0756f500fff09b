//! The adapter that keeps everything in memory.

use lucia::conformance::Setup;
use lucia::{LuciaUser, MemoryAdapter, UserId};

use crate::user::{self, User};

pub(crate) struct Memory(MemoryAdapter<User>);

impl Setup for Memory {
    type User = User;
    type Adapter = MemoryAdapter<User>;

    async fn empty() -> Self {
        Self(MemoryAdapter::new())
    }

    async fn adapter(&self) -> MemoryAdapter<User> {
        self.0.clone()
    }

    fn user(id: UserId, n: u32) -> User {
        user::user(id, n)
    }

    fn changes(n: u32) -> <User as LuciaUser>::Changes {
        user::changes(n)
    }
}

lucia::conformance!(rules: Memory);

#[test]
fn one_line_makes_the_operations_on_memory() {
    use lucia::{Auth, NewKey, provider};
    lucia_tests::block_on(async {
        let hasher = lucia_tests::cheap_hasher();
        let auth: Auth<lucia_tests::User> = lucia::memory().password_hasher(hasher).development().unwrap();
        let name = provider!("username").id("ada").unwrap();
        let key = NewKey::password(name.clone(), "correct horse");
        let ada = auth.create_user(key, lucia_tests::attributes("ada")).await.unwrap();
        let session = auth.log_in(&name, &"correct horse".into()).await.unwrap().unwrap();
        let valid = auth.validate_user(session.token().unwrap()).await.unwrap();
        assert_eq!(valid.user, ada);
        auth.delete_user(&ada.id).await.unwrap();
        assert!(auth.validate(session.token().unwrap()).await.unwrap_err().is_invalid_session());
    });
}
