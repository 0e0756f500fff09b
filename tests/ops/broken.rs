//! An adapter with one guard taken out: what a test of races has to fail with, or it proves nothing.

use std::path::Path;
use std::sync::Arc;

use lucia::adapter::{
    Adapter, ChangePassword, Consumed, NewUser, Renewal, Renewed, SessionAdapter, StartSession, UserAdapter,
    UserLookup,
};
use lucia::diesel::{DieselAdapter, SqlitePool};
use lucia::{
    Auth, Builder, Clock, Custom, LuciaUser, PasswordHash, Result, StoredKey, StoredSession, UnixMillis,
    UserId,
};
use lucia_tests::{User, cheap_hasher};

/// Which guard is missing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Flaw {
    /// A single-use key is read, then deleted, and who has deleted it is not asked.
    SelectThenDelete,
    /// A session is read, then its renewal is inserted, whatever happened between.
    RenewWithoutCompare,
    /// User and key are two statements.
    CreateUserWithoutTransaction,
    /// A session starts though what was checked may have changed.
    StartWithoutProof,
    /// Sessions, keys and user are deleted one after the other.
    RemoveUserInSteps,
}

type Inner = DieselAdapter<User, SqlitePool>;

pub(crate) struct Broken {
    inner: Inner,
    flaw: Flaw,
}

/// The operations on this file, one guard taken out.
pub(crate) fn auth(path: &Path, clock: impl Clock, flaw: Flaw) -> Auth<User> {
    let inner = DieselAdapter::new(SqlitePool::open(path).unwrap());
    Builder::new(Custom(Broken { inner, flaw }))
        .clock(clock)
        .password_hasher(cheap_hasher())
        .development()
        .unwrap()
}

/// The methods that are as they should be.
macro_rules! sound {
    ($trait:path: $($method:ident($($arg:ident: $type:ty),*) -> $output:ty;)*) => {$(
        async fn $method(&self, $($arg: $type),*) -> Result<$output> {
            <Inner as $trait>::$method(&self.inner, $($arg),*).await
        }
    )*};
}

impl UserAdapter<User> for Broken {
    sound! { UserAdapter<User>:
        find_user(by: UserLookup) -> Option<User>;
        update_user(id: UserId, changes: <User as LuciaUser>::Changes) -> Option<User>;
        delete_user(id: UserId) -> ();
        create_key(key: StoredKey) -> ();
        find_key(id: String) -> Option<StoredKey>;
        keys_of(user_id: UserId) -> Option<Vec<StoredKey>>;
        replace_password(id: String, old: Option<PasswordHash>, new: Option<PasswordHash>) -> bool;
        rename_key(id: String, new: String) -> bool;
        delete_key(id: String) -> bool;
        delete_expired_keys(user_id: Option<UserId>, now: UnixMillis, limit: u32) -> u32;
    }

    async fn create_user(&self, new: Arc<NewUser<User>>) -> Result<()> {
        if self.flaw != Flaw::CreateUserWithoutTransaction {
            return self.inner.create_user(new).await;
        }
        self.inner.create_user(Arc::new(NewUser { user: new.user.clone(), key: None })).await?;
        match &new.key {
            Some(key) => UserAdapter::<User>::create_key(&self.inner, key.clone()).await,
            None => Ok(()),
        }
    }

    async fn consume_key(
        &self,
        id: String,
        password: Option<PasswordHash>,
        now: UnixMillis,
    ) -> Result<Consumed> {
        if self.flaw != Flaw::SelectThenDelete {
            return UserAdapter::<User>::consume_key(&self.inner, id, password, now).await;
        }
        if UserAdapter::<User>::find_key(&self.inner, id.clone()).await?.is_none() {
            return Ok(Consumed::Gone);
        }
        UserAdapter::<User>::delete_key(&self.inner, id).await?;
        Ok(Consumed::Now)
    }
}

impl SessionAdapter for Broken {
    sound! { SessionAdapter:
        create_session(session: StoredSession) -> ();
        find_session(id: String) -> Option<StoredSession>;
        sessions_of(user_id: UserId) -> Vec<StoredSession>;
        present_session(id: String, user_id: UserId, now: UnixMillis, old_ends: UnixMillis) -> ();
        delete_session(id: String) -> ();
        delete_sessions_of(user_id: UserId, keep: Option<String>) -> ();
        delete_dead_sessions(user_id: Option<UserId>, now: UnixMillis, limit: u32) -> u32;
    }

    async fn renew_session(&self, renewal: Renewal) -> Result<Renewed> {
        if self.flaw != Flaw::RenewWithoutCompare {
            return self.inner.renew_session(renewal).await;
        }
        if self.inner.find_session(renewal.old).await?.is_none() {
            return Ok(Renewed::Gone);
        }
        // As where the tables know nothing of renewals.
        let new = StoredSession { renewed_from: None, created_at: Some(renewal.now), ..renewal.new };
        self.inner.create_session(new).await?;
        Ok(Renewed::Now)
    }
}

impl Adapter<User> for Broken {
    sound! { Adapter<User>:
        session_and_user(id: String) -> Option<(StoredSession, User)>;
        change_password(change: ChangePassword) -> bool;
    }

    async fn start_session(&self, start: StartSession) -> Result<bool> {
        if self.flaw != Flaw::StartWithoutProof {
            return self.inner.start_session(start).await;
        }
        self.inner.create_session(start.session).await.map(|()| true)
    }

    async fn remove_user(&self, id: UserId) -> Result<()> {
        if self.flaw != Flaw::RemoveUserInSteps {
            return Adapter::<User>::remove_user(&self.inner, id).await;
        }
        self.inner.delete_sessions_of(id.clone(), None).await?;
        UserAdapter::<User>::delete_user(&self.inner, id).await
    }
}
