//! Users in one store and sessions in another that knows nothing of users: the bodies that the trait provides for the four
//! steps that touch both.

use std::sync::Arc;

use lucia::adapter::{Adapter, Consumed, NewUser, Renewal, Renewed, SessionAdapter, UserAdapter, UserLookup};
use lucia::conformance::Setup;
use lucia::{LuciaUser, MemoryAdapter, PasswordHash, Result, StoredKey, StoredSession, UnixMillis, UserId};
use tokio::task::yield_now;

use crate::user::{self, User};

#[derive(Clone)]
pub(crate) struct Apart {
    users: MemoryAdapter<User>,
    sessions: MemoryAdapter<User>,
}

/// Every step as the store does it, when others have had a turn.
macro_rules! forward {
    ($trait:path, $store:ident: $($step:ident($($arg:ident: $type:ty),*) -> $output:ty;)*) => {$(
        async fn $step(&self, $($arg: $type),*) -> Result<$output> {
            yield_now().await;
            <MemoryAdapter<User> as $trait>::$step(&self.$store, $($arg),*).await
        }
    )*};
}

impl UserAdapter<User> for Apart {
    forward! { UserAdapter<User>, users:
        create_user(new: Arc<NewUser<User>>) -> ();
        find_user(by: UserLookup) -> Option<User>;
        update_user(id: UserId, changes: <User as LuciaUser>::Changes) -> Option<User>;
        delete_user(id: UserId) -> ();
        create_key(key: StoredKey) -> ();
        find_key(id: String) -> Option<StoredKey>;
        keys_of(user_id: UserId) -> Option<Vec<StoredKey>>;
        consume_key(id: String, password: Option<PasswordHash>, now: UnixMillis) -> Consumed;
        replace_password(id: String, old: Option<PasswordHash>, new: Option<PasswordHash>) -> bool;
        rename_key(id: String, new: String) -> bool;
        delete_key(id: String) -> bool;
        delete_expired_keys(user_id: Option<UserId>, now: UnixMillis, limit: u32) -> u32;
    }
}

impl SessionAdapter for Apart {
    forward! { SessionAdapter, sessions:
        create_session(session: StoredSession) -> ();
        find_session(id: String) -> Option<StoredSession>;
        sessions_of(user_id: UserId) -> Vec<StoredSession>;
        renew_session(renewal: Renewal) -> Renewed;
        present_session(id: String, user_id: UserId, now: UnixMillis, old_ends: UnixMillis) -> ();
        delete_session(id: String) -> ();
        delete_sessions_of(user_id: UserId, keep: Option<String>) -> ();
        delete_dead_sessions(user_id: Option<UserId>, now: UnixMillis, limit: u32) -> u32;
    }
}

impl Adapter<User> for Apart {
    fn keeps_sessions_apart(&self) -> bool {
        true
    }
}

pub(crate) struct TwoStores(Apart);

impl Setup for TwoStores {
    type User = User;
    type Adapter = Apart;

    async fn empty() -> Self {
        Self(Apart { users: MemoryAdapter::new(), sessions: MemoryAdapter::new() })
    }

    async fn adapter(&self) -> Apart {
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
