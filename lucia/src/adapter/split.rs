//! [`Split`]: users and keys in one store, sessions in another.

use std::future::Future;
use std::sync::Arc;

use super::{
    Adapter, AnyAdapter, Consumed, NewUser, Renewal, Renewed, SessionAdapter, Store, UserAdapter, UserLookup,
};
use crate::{LuciaUser, PasswordHash, Result, StoredKey, StoredSession, UnixMillis, UserId};

/// Users and keys in one store, sessions in another.
///
#[cfg_attr(
    all(feature = "sqlite", feature = "redis"),
    doc = "
```no_run
use lucia::diesel::SqlitePool;
use lucia::redis::RedisSessions;
use lucia::{Auth, Builder, LuciaUser, Split, UserId};

#[derive(Clone, Debug, LuciaUser)]
pub struct User {
    pub id: UserId,
}

# async fn auth() -> lucia::Result<Auth<User>> {
let auth: Auth<User> = Builder::new(Split {
    user: SqlitePool::open(\"app.db\")?,
    session: RedisSessions::connect(\"redis://127.0.0.1/\").await?,
})
.development()?;
# Ok(auth) }
```
"
)]
///
/// Two stores have no common transaction, so what touches both is done in an order:
///
/// - *A session starts*: it is inserted, then its proof is looked at again, and it is deleted when that holds no longer. A
///   single-use key is consumed first.
/// - *A password changes*: the sessions end, the hash is replaced, those end that began in between, and the new session is
///   inserted.
/// - *A user is deleted*: the sessions end, the user and the keys are deleted, and the sessions end that began in between.
///
/// Whatever fails half-way, a store that does not answer or a process that is killed, the step before has been done and the next
/// one has not, so no session stays good that should not: a password that is the new one has no sessions of before, and a user who
/// is half deleted is signed in nowhere. What failed can be tried again. [`Adapter`] says for each step what is left, and which gap
/// two stores leave. A user who cannot be deleted, since rows of the app still point there, is signed out all the same.
///
/// A session whose user is gone is an *orphan*: it is invalid, since a session is always read with its user. It is
/// removed by whatever removes dead sessions in its store: Redis does so by itself, a database by
/// [`sweep`](crate::Auth::sweep). So do not give the id of a deleted user to somebody else; the random ones never come
/// again.
///
/// A validation asks both stores, one after the other.
///
/// # On a connection
///
/// [`Auth::on`](crate::Auth::on) takes a connection to the store of the users, and does on it what is about users and
/// keys. What is about sessions too is [`is_config`](crate::Error::is_config), and nothing is done: the other store could not
/// be part of the caller's transaction. So a user is created together with rows of the app, and the session is started
/// afterwards.
///
/// # As an adapter
///
/// It is an adapter as well, when `user` is a [`UserAdapter`] and not a [`Store`]: `Custom(Split { user, session })` is for users
/// that an app keeps by an adapter of its own.
#[derive(Clone, Debug)]
pub struct Split<A, S> {
    /// Where users and keys are.
    pub user: A,
    /// Where sessions are.
    pub session: S,
}

impl<U, A, S> Store<U> for Split<A, S>
where
    U: LuciaUser,
    A: Store<U>,
    S: SessionAdapter + 'static,
{
    fn into_adapter(self) -> AnyAdapter<U> {
        AnyAdapter::new(Split { user: self.user.into_adapter(), session: self.session })
    }
}

/// Every step as the store that it is about does it.
macro_rules! forward {
    ($store:ident: $($method:ident($($arg:ident: $type:ty),*) -> $output:ty;)*) => {
        $(fn $method(&self, $($arg: $type),*) -> impl Future<Output = Result<$output>> + Send {
            self.$store.$method($($arg),*)
        })*
    };
}

impl<U, A, S> UserAdapter<U> for Split<A, S>
where
    U: LuciaUser,
    A: UserAdapter<U>,
    S: Send + Sync,
{
    forward! { user:
        create_user(new: Arc<NewUser<U>>) -> ();
        find_user(by: UserLookup) -> Option<U>;
        update_user(id: UserId, changes: U::Changes) -> Option<U>;
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

impl<A: Send + Sync, S: SessionAdapter> SessionAdapter for Split<A, S> {
    forward! { session:
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

impl<U: LuciaUser, A: UserAdapter<U>, S: SessionAdapter> Adapter<U> for Split<A, S> {
    fn keeps_sessions_apart(&self) -> bool {
        true
    }
}
