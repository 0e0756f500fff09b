//! The steps on sessions of one user where the database has no users, and so no row of the user to be held.
//!
//! A row in a table beside the sessions takes its place. It is made when it is first held, and goes when all sessions of the user
//! end.

use super::Steps;
use crate::adapter::{Renewal, Renewed};
use crate::diesel::driver::Driver;
use crate::diesel::queries::ApartQueriesOn;
use crate::{Result, UnixMillis, UserId};

impl<S: ApartQueriesOn<D>, D: Driver> Steps<'_, S, D> {
    /// Holds the row of a user until the transaction ends. It is inserted before it is looked for: on MySQL, rivals who look for a row
    /// that is not there all hold the place where it would be, and then none of them can insert it.
    async fn hold(&mut self, user_id: &UserId) -> Result<()> {
        loop {
            S::insert_owner(self.conn, user_id.as_ref()).await?;
            // A rival may have deleted what was there just now.
            if S::lock_owner(self.conn, user_id.as_ref()).await? > 0 {
                return Ok(());
            }
        }
    }

    pub(in crate::diesel) async fn renew_apart(&mut self, renewal: &Renewal) -> Result<Renewed> {
        let user_id = &renewal.new.user_id;
        self.hold(user_id).await?;
        let renewed = self.renew(renewal).await?;
        if renewed == Renewed::Gone {
            // Nobody may be left of whom nothing is to be left.
            S::delete_owner(self.conn, user_id.as_ref()).await?;
        }
        Ok(renewed)
    }

    pub(in crate::diesel) async fn present_apart(
        &mut self,
        id: &str,
        user_id: &UserId,
        now: UnixMillis,
        old_ends: UnixMillis,
    ) -> Result<()> {
        self.hold(user_id).await?;
        self.present(id, now, old_ends).await
    }

    pub(in crate::diesel) async fn delete_session_apart(&mut self, user_id: &UserId, id: &str) -> Result<()> {
        self.hold(user_id).await?;
        self.delete_family(user_id, id).await
    }

    pub(in crate::diesel) async fn delete_sessions_apart(
        &mut self,
        user_id: &UserId,
        keep: Option<&str>,
    ) -> Result<()> {
        self.hold(user_id).await?;
        self.delete_others(user_id, keep).await?;
        if keep.is_none() {
            S::delete_owner(self.conn, user_id.as_ref()).await?;
        }
        Ok(())
    }
}
