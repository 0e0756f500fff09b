//! What is kept, and each step on it. Whatever can refuse a step is looked at before anything is written.

use std::collections::BTreeMap;

use crate::adapter::{
    ChangePassword, Consumed, NewUser, Proof, Renewal, Renewed, StartSession, UserLookup, family,
};
use crate::{Error, LuciaUser, PasswordHash, Result, StoredKey, StoredSession, UnixMillis, UserId};

/// The maps are in order of the ids, as lists of them are to be.
pub(super) struct Tables<U> {
    users: BTreeMap<UserId, U>,
    pub(super) keys: BTreeMap<String, StoredKey>,
    pub(super) sessions: BTreeMap<String, StoredSession>,
}

impl<U> Default for Tables<U> {
    fn default() -> Self {
        Self { users: BTreeMap::new(), keys: BTreeMap::new(), sessions: BTreeMap::new() }
    }
}

/// A user once more: the struct of a user need not be `Clone`.
fn copy<U: LuciaUser>(user: &U) -> Result<U> {
    let copy = U::from_values(user.id().clone(), user.values());
    copy.ok_or_else(|| Error::storage("a user is not what the user's own values make", None))
}

fn is_same(a: Option<&PasswordHash>, b: Option<&PasswordHash>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.is_same(b),
        (None, None) => true,
        _ => false,
    }
}

/// Users and keys.
impl<U: LuciaUser> Tables<U> {
    pub(super) fn create_user(&mut self, new: &NewUser<U>) -> Result<()> {
        if self.users.contains_key(new.user.id()) {
            return Err(Error::user_id_taken());
        }
        self.check_unique(&new.user)?;
        if let Some(key) = &new.key {
            self.check_key_id(&key.id)?;
            self.keys.insert(key.id.clone(), key.clone());
        }
        self.users.insert(new.user.id().clone(), copy(&new.user)?);
        Ok(())
    }

    /// Whether no other user has what is to tell this one apart.
    fn check_unique(&self, user: &U) -> Result<()> {
        let mut others = self.users.values().filter(|other| other.id() != user.id());
        match others.find_map(|other| U::UNIQUE.iter().find(|unique| unique.are_shared(user, other))) {
            Some(unique) => Err(Error::attributes_taken(unique)),
            None => Ok(()),
        }
    }

    fn check_key_id(&self, id: &str) -> Result<()> {
        if self.keys.contains_key(id) { Err(Error::key_taken()) } else { Ok(()) }
    }

    pub(super) fn find_user(&self, by: &UserLookup) -> Result<Option<U>> {
        let found = match by {
            UserLookup::Id(id) => self.users.get(id),
            UserLookup::Key(id) => self.keys.get(id).and_then(|key| self.users.get(&key.user_id)),
            UserLookup::Unique { unique, values, .. } => {
                self.users.values().find(|user| unique.are_of(*user, values))
            }
        };
        found.map(copy).transpose()
    }

    pub(super) fn update_user(&mut self, id: UserId, changes: U::Changes) -> Result<Option<U>> {
        let Some(user) = self.users.get(&id) else { return Ok(None) };
        let user = copy(user)?.change(changes)?;
        self.check_unique(&user)?;
        self.users.insert(id, copy(&user)?);
        Ok(Some(user))
    }

    pub(super) fn delete_user(&mut self, id: &UserId) {
        self.keys.retain(|_, key| key.user_id != *id);
        self.users.remove(id);
    }

    pub(super) fn create_key(&mut self, key: StoredKey) -> Result<()> {
        if !self.users.contains_key(&key.user_id) {
            return Err(Error::unknown_user());
        }
        self.check_key_id(&key.id)?;
        self.keys.insert(key.id.clone(), key);
        Ok(())
    }

    pub(super) fn keys_of(&self, user_id: &UserId) -> Option<Vec<StoredKey>> {
        let keys = || self.keys.values().filter(|key| key.user_id == *user_id).cloned().collect();
        self.users.contains_key(user_id).then(keys)
    }

    pub(super) fn consume_key(
        &mut self,
        id: &str,
        password: Option<&PasswordHash>,
        now: UnixMillis,
    ) -> Consumed {
        let Some(key) = self.keys.get(id) else { return Consumed::Gone };
        let Some(expires) = key.expires else { return Consumed::Gone };
        if expires < now {
            self.keys.remove(id);
            return Consumed::Expired;
        }
        if !is_same(key.hashed_password.as_ref(), password) {
            return Consumed::Gone;
        }
        self.keys.remove(id);
        Consumed::Now
    }

    pub(super) fn replace_password(
        &mut self,
        id: &str,
        old: Option<&PasswordHash>,
        new: Option<PasswordHash>,
    ) -> bool {
        let found = self.keys.get_mut(id).filter(|key| is_same(key.hashed_password.as_ref(), old));
        found.map(|key| key.hashed_password = new).is_some()
    }

    pub(super) fn rename_key(&mut self, id: &str, new: String) -> Result<bool> {
        if id != new && self.keys.contains_key(id) {
            self.check_key_id(&new)?;
        }
        let Some(key) = self.keys.remove(id) else { return Ok(false) };
        self.keys.insert(new.clone(), StoredKey { id: new, ..key });
        Ok(true)
    }

    pub(super) fn delete_key(&mut self, id: &str) -> bool {
        let secondary = self.keys.get(id).is_some_and(|key| !key.primary_key);
        secondary && self.keys.remove(id).is_some()
    }

    pub(super) fn delete_expired_keys(
        &mut self,
        user_id: Option<&UserId>,
        now: UnixMillis,
        limit: u32,
    ) -> u32 {
        let is_expired = |key: &StoredKey| key.expires.is_some_and(|expires| expires < now);
        sweep(&mut self.keys, limit, |key| {
            is_expired(key) && user_id.is_none_or(|user_id| key.user_id == *user_id)
        })
    }
}

/// Removes so many rows at most, and tells how many.
fn sweep<T>(rows: &mut BTreeMap<String, T>, limit: u32, is_over: impl Fn(&T) -> bool) -> u32 {
    let mut removed = 0;
    rows.retain(|_, row| {
        let goes = removed < limit && is_over(row);
        removed += u32::from(goes);
        !goes
    });
    removed
}

/// Sessions.
impl<U: LuciaUser> Tables<U> {
    pub(super) fn create_session(&mut self, session: StoredSession) -> Result<()> {
        let is_renewal_of =
            |from: &str| self.sessions.values().any(|s| s.renewed_from.as_deref() == Some(from));
        if self.sessions.contains_key(&session.id)
            || session.renewed_from.as_deref().is_some_and(is_renewal_of)
        {
            return Err(Error::session_id_taken());
        }
        self.sessions.insert(session.id.clone(), session);
        Ok(())
    }

    pub(super) fn sessions_of(&self, user_id: &UserId) -> Vec<StoredSession> {
        self.sessions.values().filter(|session| session.user_id == *user_id).cloned().collect()
    }

    pub(super) fn renew_session(&mut self, renewal: Renewal) -> Result<Renewed> {
        let Renewal { old, new, now, lost_before } = renewal;
        if self.sessions.get(&old).is_none_or(|old| old.idle_expires < now) {
            return Ok(Renewed::Gone);
        }
        if self.sessions.contains_key(&new.id) {
            return Err(Error::session_id_taken());
        }
        let earlier = self.sessions.values().find(|session| session.renewed_from.as_deref() == Some(&*old));
        if let Some(earlier) = earlier {
            if !earlier.is_unpresented() || earlier.active_expires >= lost_before {
                return Ok(Renewed::Before);
            }
            let lost = earlier.id.clone();
            self.sessions.remove(&lost);
        }
        self.sessions.insert(new.id.clone(), new);
        Ok(Renewed::Now)
    }

    pub(super) fn present_session(&mut self, id: &str, now: UnixMillis, old_ends: UnixMillis) {
        let unpresented = self.sessions.get(id).filter(|session| session.is_unpresented());
        let Some(old_id) = unpresented.and_then(|session| session.renewed_from.clone()) else { return };
        let mut created_at = now;
        if let Some(old) = self.sessions.get_mut(&old_id) {
            created_at = old.created_at.unwrap_or(now);
            old.idle_expires = old.idle_expires.min(old_ends);
        }
        if let Some(session) = self.sessions.get_mut(id) {
            session.created_at = Some(created_at);
        }
    }

    pub(super) fn delete_session(&mut self, id: &str) {
        let Some(session) = self.sessions.get(id) else { return };
        for member in family(&self.sessions_of(&session.user_id), id) {
            self.sessions.remove(&member);
        }
    }

    pub(super) fn delete_sessions_of(&mut self, user_id: &UserId, keep: Option<&str>) {
        let kept = keep.map(|keep| family(&self.sessions_of(user_id), keep)).unwrap_or_default();
        self.sessions.retain(|id, session| session.user_id != *user_id || kept.contains(id));
    }

    pub(super) fn delete_dead_sessions(
        &mut self,
        user_id: Option<&UserId>,
        now: UnixMillis,
        limit: u32,
    ) -> u32 {
        sweep(&mut self.sessions, limit, |session| {
            session.idle_expires < now && user_id.is_none_or(|user_id| session.user_id == *user_id)
        })
    }
}

/// The steps that touch both.
impl<U: LuciaUser> Tables<U> {
    pub(super) fn session_and_user(&self, id: &str) -> Result<Option<(StoredSession, U)>> {
        let Some(session) = self.sessions.get(id) else { return Ok(None) };
        let Some(user) = self.users.get(&session.user_id) else { return Ok(None) };
        Ok(Some((session.clone(), copy(user)?)))
    }

    pub(super) fn start_session(&mut self, start: StartSession) -> Result<bool> {
        let StartSession { session, proof, now } = start;
        if self.sessions.contains_key(&session.id) {
            return Err(Error::session_id_taken());
        }
        let user_exists = self.users.contains_key(&session.user_id);
        let holds = match &proof {
            Proof::User if !user_exists => return Err(Error::unknown_user()),
            Proof::User => true,
            Proof::Key { id, hashed_password, single_use: true } => {
                user_exists && self.consume_key(id, hashed_password.as_ref(), now) == Consumed::Now
            }
            Proof::Key { id, hashed_password, single_use: false } => self.keys.get(id).is_some_and(|key| {
                key.user_id == session.user_id
                    && key.expires.is_none()
                    && is_same(key.hashed_password.as_ref(), hashed_password.as_ref())
            }),
        };
        if holds {
            self.sessions.insert(session.id.clone(), session);
        }
        Ok(holds)
    }

    pub(super) fn change_password(&mut self, change: ChangePassword) -> Result<bool> {
        let ChangePassword { key_id, user_id, old, new, session } = change;
        let is_taken = |session: &StoredSession| {
            self.sessions.get(&session.id).is_some_and(|other| other.user_id != user_id)
        };
        if session.as_ref().is_some_and(is_taken) {
            return Err(Error::session_id_taken());
        }
        if !self.replace_password(&key_id, old.as_ref(), new) {
            return Ok(false);
        }
        self.delete_sessions_of(&user_id, None);
        if let Some(session) = session {
            self.sessions.insert(session.id.clone(), session);
        }
        Ok(true)
    }

    pub(super) fn remove_user(&mut self, id: &UserId) {
        self.delete_sessions_of(id, None);
        self.delete_user(id);
    }
}
