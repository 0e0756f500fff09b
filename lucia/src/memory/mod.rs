//! [`MemoryAdapter`]: users, keys and sessions in the memory of the process.

mod tables;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use self::tables::Tables;
use crate::adapter::{
    Adapter, ChangePassword, Consumed, NewUser, Renewal, Renewed, SessionAdapter, StartSession, UserAdapter,
    UserLookup,
};
use crate::{LuciaUser, PasswordHash, Result, StoredKey, StoredSession, UnixMillis, UserId};

/// Keeps users of any struct, keys and sessions in the memory of the process.
///
/// It is for tests and for trying out: everything is gone when the process ends, and a look-up by a unique attribute
/// goes through all users. Cloning it is cheap; the clones share what is kept. [`lucia::memory`](crate::memory) makes a
/// builder on an empty one.
///
/// Every step is done under one lock, so that each happens whole or not at all. Sessions know nothing of users here:
/// that one is never started for an unknown user is up to the steps of [`Adapter`], and so it can also keep the sessions
/// of users who are elsewhere.
pub struct MemoryAdapter<U>(Arc<Mutex<Tables<U>>>);

impl<U: LuciaUser> MemoryAdapter<U> {
    /// An adapter with nothing in it.
    #[must_use]
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(Tables::default())))
    }

    /// Never held while anything is waited for. No step leaves half of its work when it panics, since none can.
    fn tables(&self) -> MutexGuard<'_, Tables<U>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<U: LuciaUser> Default for MemoryAdapter<U> {
    fn default() -> Self {
        Self::new()
    }
}

impl<U> Clone for MemoryAdapter<U> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<U> fmt::Debug for MemoryAdapter<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryAdapter").finish_non_exhaustive()
    }
}

impl<U: LuciaUser> UserAdapter<U> for MemoryAdapter<U> {
    async fn create_user(&self, new: Arc<NewUser<U>>) -> Result<()> {
        self.tables().create_user(&new)
    }

    async fn find_user(&self, by: UserLookup) -> Result<Option<U>> {
        self.tables().find_user(&by)
    }

    async fn update_user(&self, id: UserId, changes: U::Changes) -> Result<Option<U>> {
        self.tables().update_user(id, changes)
    }

    async fn delete_user(&self, id: UserId) -> Result<()> {
        self.tables().delete_user(&id);
        Ok(())
    }

    async fn create_key(&self, key: StoredKey) -> Result<()> {
        self.tables().create_key(key)
    }

    async fn find_key(&self, id: String) -> Result<Option<StoredKey>> {
        Ok(self.tables().keys.get(&id).cloned())
    }

    async fn keys_of(&self, user_id: UserId) -> Result<Option<Vec<StoredKey>>> {
        Ok(self.tables().keys_of(&user_id))
    }

    async fn consume_key(
        &self,
        id: String,
        password: Option<PasswordHash>,
        now: UnixMillis,
    ) -> Result<Consumed> {
        Ok(self.tables().consume_key(&id, password.as_ref(), now))
    }

    async fn replace_password(
        &self,
        id: String,
        old: Option<PasswordHash>,
        new: Option<PasswordHash>,
    ) -> Result<bool> {
        Ok(self.tables().replace_password(&id, old.as_ref(), new))
    }

    async fn rename_key(&self, id: String, new: String) -> Result<bool> {
        self.tables().rename_key(&id, new)
    }

    async fn delete_key(&self, id: String) -> Result<bool> {
        Ok(self.tables().delete_key(&id))
    }

    async fn delete_expired_keys(&self, user_id: Option<UserId>, now: UnixMillis, limit: u32) -> Result<u32> {
        Ok(self.tables().delete_expired_keys(user_id.as_ref(), now, limit))
    }
}

impl<U: LuciaUser> SessionAdapter for MemoryAdapter<U> {
    async fn create_session(&self, session: StoredSession) -> Result<()> {
        self.tables().create_session(session)
    }

    async fn find_session(&self, id: String) -> Result<Option<StoredSession>> {
        Ok(self.tables().sessions.get(&id).cloned())
    }

    async fn sessions_of(&self, user_id: UserId) -> Result<Vec<StoredSession>> {
        Ok(self.tables().sessions_of(&user_id))
    }

    async fn renew_session(&self, renewal: Renewal) -> Result<Renewed> {
        self.tables().renew_session(renewal)
    }

    async fn present_session(
        &self,
        id: String,
        _: UserId,
        now: UnixMillis,
        old_ends: UnixMillis,
    ) -> Result<()> {
        self.tables().present_session(&id, now, old_ends);
        Ok(())
    }

    async fn delete_session(&self, id: String) -> Result<()> {
        self.tables().delete_session(&id);
        Ok(())
    }

    async fn delete_sessions_of(&self, user_id: UserId, keep: Option<String>) -> Result<()> {
        self.tables().delete_sessions_of(&user_id, keep.as_deref());
        Ok(())
    }

    async fn delete_dead_sessions(
        &self,
        user_id: Option<UserId>,
        now: UnixMillis,
        limit: u32,
    ) -> Result<u32> {
        Ok(self.tables().delete_dead_sessions(user_id.as_ref(), now, limit))
    }
}

impl<U: LuciaUser> Adapter<U> for MemoryAdapter<U> {
    async fn session_and_user(&self, id: String) -> Result<Option<(StoredSession, U)>> {
        self.tables().session_and_user(&id)
    }

    async fn start_session(&self, start: StartSession) -> Result<bool> {
        self.tables().start_session(start)
    }

    async fn change_password(&self, change: ChangePassword) -> Result<bool> {
        self.tables().change_password(change)
    }

    async fn remove_user(&self, id: UserId) -> Result<()> {
        self.tables().remove_user(&id);
        Ok(())
    }
}
