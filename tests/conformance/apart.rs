//! Users in one store and sessions in another that knows nothing of users: the bodies that the trait provides for the four
//! steps that touch both.

use lucia::conformance::Setup;
use lucia::{LuciaUser, MemoryAdapter, Split, UserId};

use crate::user::{self, User};

pub(crate) struct TwoStores(Split<MemoryAdapter<User>, MemoryAdapter<User>>);

impl Setup for TwoStores {
    type User = User;
    type Adapter = Split<MemoryAdapter<User>, MemoryAdapter<User>>;

    async fn empty() -> Self {
        Self(Split { user: MemoryAdapter::new(), session: MemoryAdapter::new() })
    }

    async fn adapter(&self) -> Self::Adapter {
        self.0.clone()
    }

    fn user(id: UserId, n: u32) -> User {
        user::user(id, n)
    }

    fn changes(n: u32) -> <User as LuciaUser>::Changes {
        user::changes(n)
    }
}

lucia::conformance!(rules: TwoStores);
