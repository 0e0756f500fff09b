//! The steps on keys.

use super::{AT_ONCE, Steps, count, text};
use crate::adapter::{ChangePassword, Consumed};
use crate::diesel::driver::Driver;
use crate::diesel::queries::{KeyRow, QueriesOn};
use crate::diesel::violation::{Violation, violation};
use crate::error::Kind;
use crate::{PasswordHash, Result, StoredKey, UnixMillis, UserId};

impl<U: QueriesOn<D>, D: Driver> Steps<'_, U, D> {
    pub(in crate::diesel) async fn create_key(&mut self, key: &StoredKey) -> Result<()> {
        if !self.lock_user(&key.user_id).await? {
            return Err(Kind::UnknownUser.into());
        }
        self.insert_key(key).await
    }

    pub(super) async fn insert_key(&mut self, key: &StoredKey) -> Result<()> {
        match U::insert_key(self.conn, key).await {
            Ok(_) => Ok(()),
            Err(error) => Err(match violation::<U>(&error, U::TABLES.key) {
                Some(Violation::Key) => Kind::KeyTaken.into(),
                Some(Violation::ForeignKey) => Kind::UnknownUser.into(),
                _ => error.into(),
            }),
        }
    }

    pub(in crate::diesel) async fn find_key(&mut self, id: &str) -> Result<Option<StoredKey>> {
        Ok(U::key(self.conn, id).await?.map(stored_key).filter(|key| key.id == id))
    }

    pub(in crate::diesel) async fn keys_of(&mut self, user_id: &UserId) -> Result<Option<Vec<StoredKey>>> {
        let keys = U::keys_of(self.conn, user_id.as_ref()).await?;
        if keys.is_empty() && U::user(self.conn, user_id.as_ref()).await?.is_none() {
            return Ok(None);
        }
        Ok(Some(keys.into_iter().map(stored_key).filter(|key| key.user_id == *user_id).collect()))
    }

    pub(in crate::diesel) async fn consume_key(
        &mut self,
        id: &str,
        password: Option<&PasswordHash>,
        now: UnixMillis,
    ) -> Result<Consumed> {
        if U::consume_key(self.conn, id, text(password), now).await? == 1 {
            return Ok(Consumed::Now);
        }
        match U::delete_expired_keys(self.conn, &[id.to_owned()], now).await? {
            0 => Ok(Consumed::Gone),
            _ => Ok(Consumed::Expired),
        }
    }

    pub(in crate::diesel) async fn replace_password(
        &mut self,
        id: &str,
        old: Option<&PasswordHash>,
        new: Option<&PasswordHash>,
    ) -> Result<bool> {
        Ok(U::set_password(self.conn, id, text(old), text(new)).await? == 1)
    }

    pub(in crate::diesel) async fn rename_key(&mut self, id: &str, new: &str) -> Result<bool> {
        match U::rename_key(self.conn, id, new).await {
            Ok(count) => Ok(count == 1),
            Err(error) => Err(match violation::<U>(&error, U::TABLES.key) {
                Some(Violation::Key) => Kind::KeyTaken.into(),
                _ => error.into(),
            }),
        }
    }

    pub(in crate::diesel) async fn delete_key(&mut self, id: &str) -> Result<bool> {
        Ok(U::delete_secondary_key(self.conn, id).await? == 1)
    }

    pub(in crate::diesel) async fn delete_expired_keys(
        &mut self,
        user_id: Option<&UserId>,
        now: UnixMillis,
        limit: u32,
    ) -> Result<u32> {
        // A statement that writes comes first, though it deletes nothing: in a transaction of the caller's, SQLite would refuse
        // to let a reader write when somebody else has written since it read.
        U::delete_expired_keys(self.conn, &[], now).await?;
        let mut removed = 0;
        for ids in U::expired_keys(self.conn, user_id.map(UserId::as_ref), now, limit).await?.chunks(AT_ONCE)
        {
            removed += U::delete_expired_keys(self.conn, ids, now).await?;
        }
        Ok(count(removed))
    }

    pub(in crate::diesel) async fn change_password(&mut self, change: &ChangePassword) -> Result<bool> {
        self.lock_user(&change.user_id).await?;
        if !self.replace_password(&change.key_id, change.old.as_ref(), change.new.as_ref()).await? {
            return Ok(false);
        }
        U::delete_sessions_of(self.conn, change.user_id.as_ref()).await?;
        if let Some(session) = &change.session {
            self.create_session(session).await?;
        }
        Ok(true)
    }
}

fn stored_key((id, user_id, primary_key, hashed_password, expires): KeyRow) -> StoredKey {
    StoredKey {
        id,
        user_id,
        primary_key,
        hashed_password: hashed_password.map(PasswordHash::new),
        expires: expires.map(UnixMillis::from_millis),
    }
}
