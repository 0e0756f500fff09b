//! [`DieselAdapter`]: each step of the contract, on the kind of connection that it needs.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use diesel::connection::Connection;

use super::{Connect, Queries, steps};
use crate::adapter::{
    Adapter, ChangePassword, Consumed, NewUser, Renewal, Renewed, SessionAdapter, StartSession, UserAdapter,
    UserLookup,
};
use crate::{PasswordHash, Result, StoredKey, StoredSession, UnixMillis, UserId};

/// Stores users of type `U` on Diesel, with the connections of `D`.
pub struct DieselAdapter<U, D> {
    connections: D,
    users: PhantomData<fn() -> U>,
}

impl<U, D> DieselAdapter<U, D> {
    /// An adapter on these connections.
    pub const fn new(connections: D) -> Self {
        Self { connections, users: PhantomData }
    }
}

impl<U, D: fmt::Debug> fmt::Debug for DieselAdapter<U, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DieselAdapter").field(&self.connections).finish()
    }
}

/// The backend of the connections of a [`Connect`].
type BackendOf<D> = <<D as Connect>::Connection as Connection>::Backend;

impl<U, D> UserAdapter<U> for DieselAdapter<U, D>
where
    D: Connect,
    U: Queries<BackendOf<D>>,
{
    async fn create_user(&self, new: Arc<NewUser<U>>) -> Result<()> {
        self.connections.write(move |conn| steps::create_user(conn, &new)).await
    }

    async fn find_user(&self, by: UserLookup) -> Result<Option<U>> {
        self.connections.read(move |conn| steps::find_user(conn, &by)).await
    }

    async fn update_user(&self, id: UserId, changes: U::Changes) -> Result<Option<U>> {
        self.connections.write(move |conn| steps::update_user(conn, &id, &changes)).await
    }

    async fn delete_user(&self, id: UserId) -> Result<()> {
        self.connections.write(move |conn| steps::delete_user::<U, _>(conn, &id)).await
    }

    async fn create_key(&self, key: StoredKey) -> Result<()> {
        self.connections.write(move |conn| steps::create_key::<U, _>(conn, &key)).await
    }

    async fn find_key(&self, id: String) -> Result<Option<StoredKey>> {
        self.connections.read(move |conn| steps::find_key::<U, _>(conn, &id)).await
    }

    async fn keys_of(&self, user_id: UserId) -> Result<Option<Vec<StoredKey>>> {
        self.connections.read(move |conn| steps::keys_of::<U, _>(conn, &user_id)).await
    }

    async fn consume_key(
        &self,
        id: String,
        password: Option<PasswordHash>,
        now: UnixMillis,
    ) -> Result<Consumed> {
        self.connections
            .statement(move |conn| steps::consume_key::<U, _>(conn, &id, password.as_ref(), now))
            .await
    }

    async fn replace_password(
        &self,
        id: String,
        old: Option<PasswordHash>,
        new: Option<PasswordHash>,
    ) -> Result<bool> {
        self.connections
            .statement(move |conn| steps::replace_password::<U, _>(conn, &id, old.as_ref(), new.as_ref()))
            .await
    }

    async fn rename_key(&self, id: String, new: String) -> Result<bool> {
        self.connections.statement(move |conn| steps::rename_key::<U, _>(conn, &id, &new)).await
    }

    async fn delete_key(&self, id: String) -> Result<bool> {
        self.connections.statement(move |conn| Ok(U::delete_secondary_key(conn, &id)? == 1)).await
    }

    async fn delete_expired_keys(&self, user_id: Option<UserId>, now: UnixMillis, limit: u32) -> Result<u32> {
        self.connections
            .statement(move |conn| steps::delete_expired_keys::<U, _>(conn, user_id.as_ref(), now, limit))
            .await
    }
}

impl<U, D> SessionAdapter for DieselAdapter<U, D>
where
    D: Connect,
    U: Queries<BackendOf<D>>,
{
    async fn create_session(&self, session: StoredSession) -> Result<()> {
        self.connections.statement(move |conn| steps::create_session::<U, _>(conn, &session)).await
    }

    async fn find_session(&self, id: String) -> Result<Option<StoredSession>> {
        self.connections.read(move |conn| steps::find_session::<U, _>(conn, &id)).await
    }

    async fn sessions_of(&self, user_id: UserId) -> Result<Vec<StoredSession>> {
        self.connections.read(move |conn| steps::sessions_of::<U, _>(conn, &user_id)).await
    }

    async fn renew_session(&self, renewal: Renewal) -> Result<Renewed> {
        self.connections.write(move |conn| steps::renew_session::<U, _>(conn, &renewal)).await
    }

    async fn present_session(
        &self,
        id: String,
        user_id: UserId,
        now: UnixMillis,
        old_ends: UnixMillis,
    ) -> Result<()> {
        self.connections
            .write(move |conn| steps::present_session::<U, _>(conn, &id, &user_id, now, old_ends))
            .await
    }

    async fn delete_session(&self, id: String) -> Result<()> {
        self.connections.write(move |conn| steps::delete_session::<U, _>(conn, &id)).await
    }

    async fn delete_sessions_of(&self, user_id: UserId, keep: Option<String>) -> Result<()> {
        self.connections
            .write(move |conn| steps::delete_sessions_of::<U, _>(conn, &user_id, keep.as_deref()))
            .await
    }

    async fn delete_dead_sessions(
        &self,
        user_id: Option<UserId>,
        now: UnixMillis,
        limit: u32,
    ) -> Result<u32> {
        self.connections
            .statement(move |conn| steps::delete_dead_sessions::<U, _>(conn, user_id.as_ref(), now, limit))
            .await
    }
}

/// One database, so each step that touches users and sessions is one query or one transaction.
impl<U, D> Adapter<U> for DieselAdapter<U, D>
where
    D: Connect,
    U: Queries<BackendOf<D>>,
{
    async fn session_and_user(&self, id: String) -> Result<Option<(StoredSession, U)>> {
        self.connections.read(move |conn| steps::session_and_user(conn, &id)).await
    }

    async fn start_session(&self, start: StartSession) -> Result<bool> {
        self.connections.write(move |conn| steps::start_session::<U, _>(conn, &start)).await
    }

    async fn change_password(&self, change: ChangePassword) -> Result<bool> {
        self.connections.write(move |conn| steps::change_password::<U, _>(conn, &change)).await
    }

    async fn remove_user(&self, id: UserId) -> Result<()> {
        self.connections.write(move |conn| steps::remove_user::<U, _>(conn, &id)).await
    }
}
