//! The adapter: the twenty steps, each under one lock.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use lucia::adapter::{
    Adapter, Consumed, NewUser, Renewal, Renewed, SessionAdapter, UserAdapter, UserLookup, family,
};
use lucia::{Error, LuciaUser, PasswordHash, Result, StoredKey, StoredSession, UnixMillis, UserId};

use crate::entry::Entry;
use crate::journal::Journal;

/// Keeps users of type `U`, keys and sessions in a file of JSON lines.
pub(crate) struct JsonLines<U>(Arc<Mutex<Journal<U>>>);

impl<U: LuciaUser> JsonLines<U> {
    /// Opens the file, which is made when there is none.
    pub(crate) fn open(path: impl AsRef<Path>) -> Result<Self> {
        Ok(Self(Arc::new(Mutex::new(Journal::open(path.as_ref())?))))
    }

    /// Runs a step where waiting for the disk holds nobody up.
    async fn step<T: Send + 'static>(
        &self,
        step: impl FnOnce(&mut Journal<U>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let journal = Arc::clone(&self.0);
        let done = tokio::task::spawn_blocking(move || {
            step(&mut journal.lock().unwrap_or_else(PoisonError::into_inner))
        });
        done.await.map_err(Error::unavailable)?
    }
}

impl<U> Clone for JsonLines<U> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

/// A user once more, for the struct of a user need not be `Clone`.
fn copy<U: LuciaUser>(user: &U) -> Result<U> {
    let copy = U::from_values(user.id().clone(), user.values());
    copy.ok_or_else(|| Error::storage("a user is not what its own values make", None))
}

/// Whether no other user has what is to tell this one apart.
fn check_unique<U: LuciaUser>(journal: &Journal<U>, user: &U) -> Result<()> {
    let mut others = journal.users.values().filter(|other| other.id() != user.id());
    match others.find_map(|other| U::UNIQUE.iter().find(|unique| unique.are_shared(user, other))) {
        Some(unique) => Err(Error::attributes_taken(unique)),
        None => Ok(()),
    }
}

fn is_same(a: Option<&PasswordHash>, b: Option<&PasswordHash>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.is_same(b),
        (None, None) => true,
        _ => false,
    }
}

impl<U: LuciaUser> UserAdapter<U> for JsonLines<U> {
    async fn create_user(&self, new: Arc<NewUser<U>>) -> Result<()> {
        self.step(move |journal| {
            if journal.users.contains_key(new.user.id()) {
                return Err(Error::user_id_taken());
            }
            check_unique(journal, &new.user)?;
            let mut entries = vec![Entry::user(&new.user)?];
            if let Some(key) = &new.key {
                if journal.keys.contains_key(&key.id) {
                    return Err(Error::key_taken());
                }
                entries.push(Entry::key(key.clone()));
            }
            journal.commit(entries)
        })
        .await
    }

    async fn find_user(&self, by: UserLookup) -> Result<Option<U>> {
        self.step(move |journal| {
            let found = match &by {
                UserLookup::Id(id) => journal.users.get(id),
                UserLookup::Key(id) => journal.keys.get(id).and_then(|key| journal.users.get(&key.user_id)),
                UserLookup::Unique { unique, values, .. } => {
                    journal.users.values().find(|user| unique.are_of(*user, values))
                }
            };
            found.map(copy).transpose()
        })
        .await
    }

    async fn update_user(&self, id: UserId, changes: U::Changes) -> Result<Option<U>> {
        self.step(move |journal| {
            let Some(user) = journal.users.get(&id) else { return Ok(None) };
            let user = copy(user)?.change(changes)?;
            check_unique(journal, &user)?;
            journal.commit(vec![Entry::user(&user)?])?;
            Ok(Some(user))
        })
        .await
    }

    async fn delete_user(&self, id: UserId) -> Result<()> {
        self.step(move |journal| {
            if !journal.users.contains_key(&id) {
                return Ok(());
            }
            let keys = journal.keys.values().filter(|key| key.user_id == id);
            let mut entries: Vec<Entry> = keys.map(|key| Entry::NoKey(key.id.clone())).collect();
            entries.push(Entry::NoUser(id.to_string()));
            journal.commit(entries)
        })
        .await
    }

    async fn create_key(&self, key: StoredKey) -> Result<()> {
        self.step(move |journal| {
            if !journal.users.contains_key(&key.user_id) {
                return Err(Error::unknown_user());
            }
            if journal.keys.contains_key(&key.id) {
                return Err(Error::key_taken());
            }
            journal.commit(vec![Entry::key(key)])
        })
        .await
    }

    async fn find_key(&self, id: String) -> Result<Option<StoredKey>> {
        self.step(move |journal| Ok(journal.keys.get(&id).cloned())).await
    }

    async fn keys_of(&self, user_id: UserId) -> Result<Option<Vec<StoredKey>>> {
        self.step(move |journal| {
            let keys = || journal.keys.values().filter(|key| key.user_id == user_id).cloned().collect();
            Ok(journal.users.contains_key(&user_id).then(keys))
        })
        .await
    }

    async fn consume_key(
        &self,
        id: String,
        password: Option<PasswordHash>,
        now: UnixMillis,
    ) -> Result<Consumed> {
        self.step(move |journal| {
            let Some(key) = journal.keys.get(&id) else { return Ok(Consumed::Gone) };
            let consumed = match key.expires {
                Some(expires) if expires < now => Consumed::Expired,
                Some(_) if is_same(key.hashed_password.as_ref(), password.as_ref()) => Consumed::Now,
                None | Some(_) => return Ok(Consumed::Gone),
            };
            journal.commit(vec![Entry::NoKey(id)])?;
            Ok(consumed)
        })
        .await
    }

    async fn replace_password(
        &self,
        id: String,
        old: Option<PasswordHash>,
        new: Option<PasswordHash>,
    ) -> Result<bool> {
        self.step(move |journal| {
            let Some(key) = journal.keys.get(&id) else { return Ok(false) };
            if !is_same(key.hashed_password.as_ref(), old.as_ref()) {
                return Ok(false);
            }
            let changed = StoredKey { hashed_password: new, ..key.clone() };
            journal.commit(vec![Entry::key(changed)])?;
            Ok(true)
        })
        .await
    }

    async fn rename_key(&self, id: String, new: String) -> Result<bool> {
        self.step(move |journal| {
            let Some(key) = journal.keys.get(&id) else { return Ok(false) };
            if new != id && journal.keys.contains_key(&new) {
                return Err(Error::key_taken());
            }
            let renamed = StoredKey { id: new, ..key.clone() };
            journal.commit(vec![Entry::NoKey(id), Entry::key(renamed)])?;
            Ok(true)
        })
        .await
    }

    async fn delete_key(&self, id: String) -> Result<bool> {
        self.step(move |journal| {
            if journal.keys.get(&id).is_none_or(|key| key.primary_key) {
                return Ok(false);
            }
            journal.commit(vec![Entry::NoKey(id)])?;
            Ok(true)
        })
        .await
    }

    async fn delete_expired_keys(&self, user_id: Option<UserId>, now: UnixMillis, limit: u32) -> Result<u32> {
        self.step(move |journal| {
            let is_expired = |key: &&StoredKey| key.expires.is_some_and(|expires| expires < now);
            let is_of = |key: &&StoredKey| user_id.as_ref().is_none_or(|id| key.user_id == *id);
            let expired = journal.keys.values().filter(is_expired).filter(is_of);
            let ids: Vec<String> = expired.map(|key| key.id.clone()).take(limit as usize).collect();
            let count = u32::try_from(ids.len()).unwrap_or(limit);
            journal.commit(ids.into_iter().map(Entry::NoKey).collect())?;
            Ok(count)
        })
        .await
    }
}

fn sessions_of<U>(journal: &Journal<U>, user_id: &UserId) -> Vec<StoredSession> {
    journal.sessions.values().filter(|session| session.user_id == *user_id).cloned().collect()
}

impl<U: LuciaUser> SessionAdapter for JsonLines<U> {
    async fn create_session(&self, session: StoredSession) -> Result<()> {
        self.step(move |journal| {
            if !journal.users.contains_key(&session.user_id) {
                return Err(Error::unknown_user());
            }
            if journal.sessions.contains_key(&session.id) {
                return Err(Error::session_id_taken());
            }
            journal.commit(vec![Entry::session(session)])
        })
        .await
    }

    async fn find_session(&self, id: String) -> Result<Option<StoredSession>> {
        self.step(move |journal| Ok(journal.sessions.get(&id).cloned())).await
    }

    async fn sessions_of(&self, user_id: UserId) -> Result<Vec<StoredSession>> {
        self.step(move |journal| Ok(sessions_of(journal, &user_id))).await
    }

    async fn renew_session(&self, renewal: Renewal) -> Result<Renewed> {
        self.step(move |journal| {
            let Renewal { old, new, now, lost_before } = renewal;
            if journal.sessions.get(&old).is_none_or(|old| old.idle_expires < now) {
                return Ok(Renewed::Gone);
            }
            let mut entries = Vec::new();
            let is_renewal = |session: &&StoredSession| session.renewed_from.as_ref() == Some(&old);
            if let Some(earlier) = journal.sessions.values().find(is_renewal) {
                if !earlier.is_unpresented() || earlier.active_expires >= lost_before {
                    return Ok(Renewed::Before);
                }
                entries.push(Entry::NoSession(earlier.id.clone()));
            }
            entries.push(Entry::session(new));
            journal.commit(entries)?;
            Ok(Renewed::Now)
        })
        .await
    }

    async fn present_session(
        &self,
        id: String,
        _: UserId,
        now: UnixMillis,
        old_ends: UnixMillis,
    ) -> Result<()> {
        self.step(move |journal| {
            let unpresented = journal.sessions.get(&id).filter(|session| session.is_unpresented());
            let Some(session) = unpresented else { return Ok(()) };
            let old = session.renewed_from.as_ref().and_then(|old| journal.sessions.get(old));
            let created_at = old.and_then(|old| old.created_at).unwrap_or(now);
            let session = StoredSession { created_at: Some(created_at), ..session.clone() };
            let ending = old.map(|old| {
                let idle_expires = old.idle_expires.min(old_ends);
                StoredSession { idle_expires, ..old.clone() }
            });
            journal.commit([Some(session), ending].into_iter().flatten().map(Entry::session).collect())
        })
        .await
    }

    async fn delete_session(&self, id: String) -> Result<()> {
        self.step(move |journal| {
            let Some(session) = journal.sessions.get(&id) else { return Ok(()) };
            let family = family(&sessions_of(journal, &session.user_id), &id);
            journal.commit(family.into_iter().map(Entry::NoSession).collect())
        })
        .await
    }

    async fn delete_sessions_of(&self, user_id: UserId, keep: Option<String>) -> Result<()> {
        self.step(move |journal| {
            let sessions = sessions_of(journal, &user_id);
            let kept = keep.map(|keep| family(&sessions, &keep)).unwrap_or_default();
            let ids = sessions.into_iter().map(|session| session.id).filter(|id| !kept.contains(id));
            journal.commit(ids.map(Entry::NoSession).collect())
        })
        .await
    }

    async fn delete_dead_sessions(
        &self,
        user_id: Option<UserId>,
        now: UnixMillis,
        limit: u32,
    ) -> Result<u32> {
        self.step(move |journal| {
            let is_of = |session: &&StoredSession| user_id.as_ref().is_none_or(|id| session.user_id == *id);
            let dead = journal.sessions.values().filter(|session| session.idle_expires < now).filter(is_of);
            let ids: Vec<String> = dead.map(|session| session.id.clone()).take(limit as usize).collect();
            let count = u32::try_from(ids.len()).unwrap_or(limit);
            journal.commit(ids.into_iter().map(Entry::NoSession).collect())?;
            Ok(count)
        })
        .await
    }
}

/// The bodies that the trait provides will do; each is a few steps in an order that leaves nobody signed in who should not be.
impl<U: LuciaUser> Adapter<U> for JsonLines<U> {
    // The bodies are those for two stores, and no connection of Diesel's reaches the sessions.
    fn keeps_sessions_apart(&self) -> bool {
        true
    }
}
