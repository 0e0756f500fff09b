//! [`AnyAdapter`]: an adapter chosen at run time, so that an app's handlers say `Auth<User>` and no more.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use super::{
    Adapter, ChangePassword, Consumed, NewUser, Renewal, Renewed, SessionAdapter, StartSession, UserAdapter,
    UserLookup,
};
use crate::{LuciaUser, PasswordHash, Result, StoredKey, StoredSession, UnixMillis, UserId};

/// Some adapter for users of type `U`. Cloning it is cheap; the clones share the adapter.
pub struct AnyAdapter<U>(Arc<dyn DynAdapter<U>>);

impl<U: LuciaUser> AnyAdapter<U> {
    /// Hides which adapter it is.
    pub fn new(adapter: impl Adapter<U> + 'static) -> Self {
        Self(Arc::new(adapter))
    }
}

impl<U> Clone for AnyAdapter<U> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<U> fmt::Debug for AnyAdapter<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AnyAdapter")
    }
}

type Boxed<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// From the list of methods: the object-safe trait, its implementation for every adapter, and the adapter traits for
/// [`AnyAdapter`].
macro_rules! erase {
    ($($trait:path {
        $(fn $method:ident($($arg:ident: $type:ty),*) -> $output:ty;)*
        $(at once: fn $now:ident() -> $answer:ty;)*
    })*) => {
        trait DynAdapter<U: LuciaUser>: Send + Sync {
            $($(fn $method(&self, $($arg: $type),*) -> Boxed<'_, $output>;)*)*
            $($(fn $now(&self) -> $answer;)*)*
        }

        impl<U: LuciaUser, A: Adapter<U>> DynAdapter<U> for A {
            $($(fn $method(&self, $($arg: $type),*) -> Boxed<'_, $output> {
                Box::pin(<A as $trait>::$method(self, $($arg),*))
            })*)*
            $($(fn $now(&self) -> $answer {
                <A as $trait>::$now(self)
            })*)*
        }

        $(impl<U: LuciaUser> $trait for AnyAdapter<U> {
            $(fn $method(&self, $($arg: $type),*) -> impl Future<Output = Result<$output>> + Send {
                self.0.$method($($arg),*)
            })*
            $(fn $now(&self) -> $answer {
                self.0.$now()
            })*
        })*
    };
}

erase! {
    UserAdapter<U> {
        fn create_user(new: Arc<NewUser<U>>) -> ();
        fn find_user(by: UserLookup) -> Option<U>;
        fn update_user(id: UserId, changes: U::Changes) -> Option<U>;
        fn delete_user(id: UserId) -> ();
        fn create_key(key: StoredKey) -> ();
        fn find_key(id: String) -> Option<StoredKey>;
        fn keys_of(user_id: UserId) -> Option<Vec<StoredKey>>;
        fn consume_key(id: String, password: Option<PasswordHash>, now: UnixMillis) -> Consumed;
        fn replace_password(id: String, old: Option<PasswordHash>, new: Option<PasswordHash>) -> bool;
        fn rename_key(id: String, new: String) -> bool;
        fn delete_key(id: String) -> bool;
        fn delete_expired_keys(user_id: Option<UserId>, now: UnixMillis, limit: u32) -> u32;
    }
    SessionAdapter {
        fn create_session(session: StoredSession) -> ();
        fn find_session(id: String) -> Option<StoredSession>;
        fn sessions_of(user_id: UserId) -> Vec<StoredSession>;
        fn renew_session(renewal: Renewal) -> Renewed;
        fn present_session(id: String, user_id: UserId, now: UnixMillis, old_ends: UnixMillis) -> ();
        fn delete_session(id: String) -> ();
        fn delete_sessions_of(user_id: UserId, keep: Option<String>) -> ();
        fn delete_dead_sessions(user_id: Option<UserId>, now: UnixMillis, limit: u32) -> u32;
    }
    Adapter<U> {
        fn session_and_user(id: String) -> Option<(StoredSession, U)>;
        fn start_session(start: StartSession) -> bool;
        fn change_password(change: ChangePassword) -> bool;
        fn remove_user(id: UserId) -> ();
        at once: fn keeps_sessions_apart() -> bool;
    }
}
