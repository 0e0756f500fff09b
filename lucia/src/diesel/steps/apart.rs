//! The steps that end sessions where no row of a user can be held, since the database has no users.
//!
//! A session is renewed by whoever holds its row. So whoever ends sessions holds all rows of the user, deletes, and looks again for what
//! was renewed while it waited, until there is nothing: from a row that is gone nothing is renewed. Where a transaction goes on
//! reading what it has read once, one look is enough: PostgreSQL undoes the transaction when a row that it waited for has been
//! written, and MySQL lets nobody add a row of the user meanwhile. That takes a lock that comes before any read.

use super::{AT_ONCE, Steps};
use crate::adapter::family;
use crate::diesel::driver::Driver;
use crate::diesel::queries::SessionQueriesOn;
use crate::{Result, StoredSession, UnixMillis, UserId};

impl<S: SessionQueriesOn<D>, D: Driver> Steps<'_, S, D> {
    /// Deletes a session of a user and its family.
    pub(in crate::diesel) async fn end_family(&mut self, user_id: &UserId, id: &str) -> Result<()> {
        self.end(user_id, |seen| family(seen, id)).await
    }

    /// Deletes the sessions of a user, all but the family of `keep`.
    pub(in crate::diesel) async fn end_others(&mut self, user_id: &UserId, keep: Option<&str>) -> Result<()> {
        self.end(user_id, |seen| {
            let kept = keep.map(|keep| family(seen, keep)).unwrap_or_default();
            seen.iter().map(|session| session.id.clone()).filter(|id| !kept.contains(id)).collect()
        })
        .await
    }

    /// As [`present`](Self::present). It holds all rows of the user first, as whoever ends sessions does, so that neither waits for
    /// the other in a circle.
    pub(in crate::diesel) async fn present_in_turn(
        &mut self,
        id: &str,
        user_id: &UserId,
        now: UnixMillis,
        old_ends: UnixMillis,
    ) -> Result<()> {
        S::lock_sessions_of(self.conn, user_id.as_ref()).await?;
        self.present(id, now, old_ends).await
    }

    /// Deletes those of a user's sessions that `ends` names among all that were seen, and looks again until there are none.
    async fn end(
        &mut self,
        user_id: &UserId,
        ends: impl Fn(&[StoredSession]) -> Vec<String> + Send + Sync,
    ) -> Result<()> {
        // What has been deleted still says which sessions belong together.
        let mut seen: Vec<StoredSession> = Vec::new();
        loop {
            S::lock_sessions_of(self.conn, user_id.as_ref()).await?;
            let held = self.sessions_of(user_id).await?;
            seen.extend(held.iter().cloned());
            let ending = ends(&seen);
            let left: Vec<String> =
                held.into_iter().map(|session| session.id).filter(|id| ending.contains(id)).collect();
            if left.is_empty() {
                return Ok(());
            }
            for ids in left.chunks(AT_ONCE) {
                S::delete_sessions(self.conn, ids).await?;
            }
        }
    }
}
