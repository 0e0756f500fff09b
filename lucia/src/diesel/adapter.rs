//! [`DieselAdapter`]: each step of the contract, on the kind of connection that it needs.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::steps::work;
use super::{Connect, QueriesOn};
use crate::adapter::{
    Adapter, ChangePassword, Consumed, NewUser, Renewal, Renewed, SessionAdapter, StartSession, UserAdapter,
    UserLookup,
};
use crate::error::Error;
use crate::{PasswordHash, Result, StoredKey, StoredSession, UnixMillis, UserId};

/// Stores users of type `U` on Diesel, with the connections of `D`.
pub struct DieselAdapter<U, D> {
    connections: D,
    keeps_sessions: bool,
    users: PhantomData<fn() -> U>,
}

impl<U, D> DieselAdapter<U, D> {
    /// An adapter on these connections.
    pub const fn new(connections: D) -> Self {
        Self { connections, keeps_sessions: true, users: PhantomData }
    }

    /// The same, where sessions are kept in another store.
    pub(crate) fn without_sessions(self) -> Self {
        Self { keeps_sessions: false, ..self }
    }

    /// The connections for what is about sessions. Those in another store can neither be part of the caller's transaction nor
    /// be ended when it is committed.
    fn for_sessions(&self) -> Result<&D> {
        if self.keeps_sessions {
            return Ok(&self.connections);
        }
        Err(Error::config(
            "sessions are kept in another store than this connection's; call the `Auth` itself, outside of the transaction",
        ))
    }
}

impl<U, D: fmt::Debug> fmt::Debug for DieselAdapter<U, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DieselAdapter").field(&self.connections).finish()
    }
}

impl<U, D> UserAdapter<U> for DieselAdapter<U, D>
where
    D: Connect,
    U: QueriesOn<D::Driver>,
{
    async fn create_user(&self, new: Arc<NewUser<U>>) -> Result<()> {
        self.connections.write(work!(U, new, |steps, new| steps.create_user(new))).await
    }

    async fn find_user(&self, by: UserLookup) -> Result<Option<U>> {
        self.connections.read(work!(U, by, |steps, by| steps.find_user(by))).await
    }

    async fn update_user(&self, id: UserId, changes: U::Changes) -> Result<Option<U>> {
        self.connections
            .write(work!(U, (id, changes), |steps, (id, changes)| steps.update_user(id, changes)))
            .await
    }

    async fn delete_user(&self, id: UserId) -> Result<()> {
        self.connections.write(work!(U, id, |steps, id| steps.delete_user(id))).await
    }

    async fn create_key(&self, key: StoredKey) -> Result<()> {
        self.connections.write(work!(U, key, |steps, key| steps.create_key(key))).await
    }

    async fn find_key(&self, id: String) -> Result<Option<StoredKey>> {
        self.connections.read(work!(U, id, |steps, id| steps.find_key(id))).await
    }

    async fn keys_of(&self, user_id: UserId) -> Result<Option<Vec<StoredKey>>> {
        self.connections.read(work!(U, user_id, |steps, user_id| steps.keys_of(user_id))).await
    }

    async fn consume_key(
        &self,
        id: String,
        password: Option<PasswordHash>,
        now: UnixMillis,
    ) -> Result<Consumed> {
        self.connections
            .statement(work!(U, (id, password, now), |steps, (id, password, now)| steps.consume_key(
                id,
                password.as_ref(),
                *now
            )))
            .await
    }

    async fn replace_password(
        &self,
        id: String,
        old: Option<PasswordHash>,
        new: Option<PasswordHash>,
    ) -> Result<bool> {
        self.connections
            .statement(work!(U, (id, old, new), |steps, (id, old, new)| steps.replace_password(
                id,
                old.as_ref(),
                new.as_ref()
            )))
            .await
    }

    async fn rename_key(&self, id: String, new: String) -> Result<bool> {
        self.connections.statement(work!(U, (id, new), |steps, (id, new)| steps.rename_key(id, new))).await
    }

    async fn delete_key(&self, id: String) -> Result<bool> {
        self.connections.statement(work!(U, id, |steps, id| steps.delete_key(id))).await
    }

    async fn delete_expired_keys(&self, user_id: Option<UserId>, now: UnixMillis, limit: u32) -> Result<u32> {
        self.connections
            .statement(work!(U, (user_id, now, limit), |steps, (user_id, now, limit)| steps
                .delete_expired_keys(user_id.as_ref(), *now, *limit)))
            .await
    }
}

impl<U, D> SessionAdapter for DieselAdapter<U, D>
where
    D: Connect,
    U: QueriesOn<D::Driver>,
{
    async fn create_session(&self, session: StoredSession) -> Result<()> {
        self.for_sessions()?
            .statement(work!(U, session, |steps, session| steps.create_session(session)))
            .await
    }

    async fn find_session(&self, id: String) -> Result<Option<StoredSession>> {
        self.for_sessions()?.read(work!(U, id, |steps, id| steps.find_session(id))).await
    }

    async fn sessions_of(&self, user_id: UserId) -> Result<Vec<StoredSession>> {
        self.for_sessions()?.read(work!(U, user_id, |steps, user_id| steps.sessions_of(user_id))).await
    }

    async fn renew_session(&self, renewal: Renewal) -> Result<Renewed> {
        self.for_sessions()?.write(work!(U, renewal, |steps, renewal| steps.renew_session(renewal))).await
    }

    async fn present_session(
        &self,
        id: String,
        user_id: UserId,
        now: UnixMillis,
        old_ends: UnixMillis,
    ) -> Result<()> {
        self.for_sessions()?
            .write(work!(U, (id, user_id, now, old_ends), |steps, (id, user_id, now, old_ends)| steps
                .present_session(id, user_id, *now, *old_ends)))
            .await
    }

    async fn delete_session(&self, id: String) -> Result<()> {
        self.for_sessions()?.write(work!(U, id, |steps, id| steps.delete_session(id))).await
    }

    async fn delete_sessions_of(&self, user_id: UserId, keep: Option<String>) -> Result<()> {
        self.for_sessions()?
            .write(work!(U, (user_id, keep), |steps, (user_id, keep)| steps
                .delete_sessions_of(user_id, keep.as_deref())))
            .await
    }

    async fn delete_dead_sessions(
        &self,
        user_id: Option<UserId>,
        now: UnixMillis,
        limit: u32,
    ) -> Result<u32> {
        self.for_sessions()?
            .statement(work!(U, (user_id, now, limit), |steps, (user_id, now, limit)| steps
                .delete_dead_sessions(user_id.as_ref(), *now, *limit)))
            .await
    }
}

/// One database, so each step that touches users and sessions is one query or one transaction.
impl<U, D> Adapter<U> for DieselAdapter<U, D>
where
    D: Connect,
    U: QueriesOn<D::Driver>,
{
    async fn session_and_user(&self, id: String) -> Result<Option<(StoredSession, U)>> {
        self.for_sessions()?.read(work!(U, id, |steps, id| steps.session_and_user(id))).await
    }

    async fn start_session(&self, start: StartSession) -> Result<bool> {
        self.for_sessions()?.write(work!(U, start, |steps, start| steps.start_session(start))).await
    }

    async fn change_password(&self, change: ChangePassword) -> Result<bool> {
        self.for_sessions()?.write(work!(U, change, |steps, change| steps.change_password(change))).await
    }

    async fn remove_user(&self, id: UserId) -> Result<()> {
        self.for_sessions()?.write(work!(U, id, |steps, id| steps.remove_user(id))).await
    }
}
