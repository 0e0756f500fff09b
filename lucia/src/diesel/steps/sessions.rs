//! The steps on sessions: those on their table alone, and those that hold the row of the user first.

use super::{AT_ONCE, Steps, count, text};
use crate::adapter::{Proof, Renewal, Renewed, StartSession, family};
use crate::diesel::driver::Driver;
use crate::diesel::queries::{QueriesOn, SessionQueriesOn, SessionRow};
use crate::diesel::violation::{is_foreign_key, is_session_taken};
use crate::error::Kind;
use crate::{Result, StoredSession, UnixMillis, UserId};

impl<S: SessionQueriesOn<D>, D: Driver> Steps<'_, S, D> {
    pub(in crate::diesel) async fn create_session(&mut self, session: &StoredSession) -> Result<()> {
        match S::insert_session(self.conn, session).await {
            Ok(_) => Ok(()),
            Err(error) if is_session_taken(&error, S::TABLE) => Err(Kind::SessionIdTaken.into()),
            Err(error) if is_foreign_key(&error) => Err(Kind::UnknownUser.into()),
            Err(error) => Err(error.into()),
        }
    }

    pub(in crate::diesel) async fn find_session(&mut self, id: &str) -> Result<Option<StoredSession>> {
        Ok(S::session(self.conn, id).await?.map(stored_session).filter(|session| session.id == id))
    }

    pub(in crate::diesel) async fn sessions_of(&mut self, user_id: &UserId) -> Result<Vec<StoredSession>> {
        let rows = S::sessions_of(self.conn, user_id.as_ref()).await?.into_iter().map(stored_session);
        Ok(rows.filter(|session| session.user_id == *user_id).collect())
    }

    /// Renews a session. Of rivals one holds the old row, and the others wait for what it does.
    pub(in crate::diesel) async fn renew(&mut self, renewal: &Renewal) -> Result<Renewed> {
        if S::lock_live_session(self.conn, &renewal.old, renewal.now).await? == 0 {
            return Ok(Renewed::Gone);
        }
        if let Some(earlier) = S::renewed_session(self.conn, &renewal.old).await?.map(stored_session) {
            let lost = earlier.is_unpresented() && earlier.active_expires < renewal.lost_before;
            // It may be presented just now.
            if !lost || S::delete_unpresented_session(self.conn, &earlier.id).await? == 0 {
                return Ok(Renewed::Before);
            }
        }
        self.create_session(&renewal.new).await?;
        Ok(Renewed::Now)
    }

    /// Notes that a renewed session has been presented. Its row is held, so that rivals wait and find it done.
    pub(in crate::diesel) async fn present(
        &mut self,
        id: &str,
        now: UnixMillis,
        old_ends: UnixMillis,
    ) -> Result<()> {
        if S::mark_presented(self.conn, id, now).await? == 0 {
            return Ok(());
        }
        let Some(session) = S::session(self.conn, id).await?.map(stored_session) else { return Ok(()) };
        let Some(old_id) = session.renewed_from else { return Ok(()) };
        if let Some(created_at) =
            S::session(self.conn, &old_id).await?.and_then(|row| stored_session(row).created_at)
        {
            S::set_created_at(self.conn, id, created_at.as_millis()).await?;
        }
        S::end_session_by(self.conn, &old_id, old_ends).await?;
        Ok(())
    }

    /// Deletes a session of a user and its family.
    pub(super) async fn delete_family(&mut self, user_id: &UserId, id: &str) -> Result<()> {
        let sessions = self.sessions_of(user_id).await?;
        S::delete_sessions(self.conn, &family(&sessions, id)).await?;
        Ok(())
    }

    /// Deletes the sessions of a user, all but the family of `keep`.
    pub(super) async fn delete_others(&mut self, user_id: &UserId, keep: Option<&str>) -> Result<()> {
        let Some(keep) = keep else {
            S::delete_sessions_of(self.conn, user_id.as_ref()).await?;
            return Ok(());
        };
        let sessions = self.sessions_of(user_id).await?;
        let kept = family(&sessions, keep);
        let others: Vec<String> =
            sessions.into_iter().map(|session| session.id).filter(|id| !kept.contains(id)).collect();
        for ids in others.chunks(AT_ONCE) {
            S::delete_sessions(self.conn, ids).await?;
        }
        Ok(())
    }

    pub(in crate::diesel) async fn delete_dead_sessions(
        &mut self,
        user_id: Option<&UserId>,
        now: UnixMillis,
        limit: u32,
    ) -> Result<u32> {
        S::delete_dead_sessions(self.conn, &[], now).await?;
        let mut removed = 0;
        for ids in S::dead_sessions(self.conn, user_id.map(UserId::as_ref), now, limit).await?.chunks(AT_ONCE)
        {
            removed += S::delete_dead_sessions(self.conn, ids, now).await?;
        }
        Ok(count(removed))
    }
}

impl<U: QueriesOn<D>, D: Driver> Steps<'_, U, D> {
    pub(in crate::diesel) async fn session_and_user(
        &mut self,
        id: &str,
    ) -> Result<Option<(StoredSession, U)>> {
        let found = U::session_and_user(self.conn, id).await?;
        let found: Option<(StoredSession, U)> = found.map(|(row, user)| (stored_session(row), user));
        Ok(found.filter(|(session, user)| session.id == id && session.user_id == *user.id()))
    }

    pub(in crate::diesel) async fn start_session(&mut self, start: &StartSession) -> Result<bool> {
        let StartSession { session, proof, now } = start;
        let user_exists = self.lock_user(&session.user_id).await?;
        let holds = match proof {
            Proof::User if user_exists => true,
            Proof::User => return Err(Kind::UnknownUser.into()),
            Proof::Key { .. } if !user_exists => false,
            Proof::Key { id, hashed_password, single_use: true } => {
                U::consume_key(self.conn, id, text(hashed_password.as_ref()), *now).await? == 1
            }
            Proof::Key { id, hashed_password, single_use: false } => {
                U::lock_key(self.conn, id, session.user_id.as_ref(), text(hashed_password.as_ref())).await?
                    == 1
            }
        };
        if holds {
            self.create_session(session).await?;
        }
        Ok(holds)
    }

    pub(in crate::diesel) async fn renew_session(&mut self, renewal: &Renewal) -> Result<Renewed> {
        if self.lock_user(&renewal.new.user_id).await? {
            self.renew(renewal).await
        } else {
            Ok(Renewed::Gone)
        }
    }

    pub(in crate::diesel) async fn present_session(
        &mut self,
        id: &str,
        user_id: &UserId,
        now: UnixMillis,
        old_ends: UnixMillis,
    ) -> Result<()> {
        self.lock_user(user_id).await?;
        self.present(id, now, old_ends).await
    }

    pub(in crate::diesel) async fn delete_session(&mut self, id: &str) -> Result<()> {
        U::lock_user_of_session(self.conn, id).await?;
        let Some(session) = self.find_session(id).await? else { return Ok(()) };
        self.delete_family(&session.user_id, id).await
    }

    pub(in crate::diesel) async fn delete_sessions_of(
        &mut self,
        user_id: &UserId,
        keep: Option<&str>,
    ) -> Result<()> {
        self.lock_user(user_id).await?;
        self.delete_others(user_id, keep).await
    }
}

fn stored_session(row: SessionRow) -> StoredSession {
    let (id, user_id, active_expires, idle_expires, created_at, absolute_expires, renewed_from) = row;
    StoredSession {
        id,
        user_id,
        active_expires: UnixMillis::from_millis(active_expires),
        idle_expires: UnixMillis::from_millis(idle_expires),
        created_at: created_at.map(UnixMillis::from_millis),
        absolute_expires: absolute_expires.map(UnixMillis::from_millis),
        renewed_from,
    }
}
