//! The steps on users.

use diesel::result::Error as DieselError;

use super::Steps;
use crate::adapter::{NewUser, UserLookup};
use crate::diesel::driver::Driver;
use crate::diesel::queries::QueriesOn;
use crate::diesel::violation::{Violation, violation};
use crate::error::{Error, Kind};
use crate::{LuciaUser, Result, UserId};

impl<U: QueriesOn<D>, D: Driver> Steps<'_, U, D> {
    pub(in crate::diesel) async fn create_user(&mut self, new: &NewUser<U>) -> Result<()> {
        U::insert_user(self.conn, &new.user).await.map_err(user_taken::<U>)?;
        match &new.key {
            Some(key) => self.insert_key(key).await,
            None => Ok(()),
        }
    }

    pub(in crate::diesel) async fn find_user(&mut self, by: &UserLookup) -> Result<Option<U>> {
        // What was found is compared byte for byte: a collation may find what only looks the same.
        Ok(match by {
            UserLookup::Id(id) => U::user(self.conn, id.as_ref()).await?.filter(|user| user.id() == id),
            UserLookup::Key(id) => {
                U::user_by_key(self.conn, id).await?.and_then(|(found, user)| (found == *id).then_some(user))
            }
            UserLookup::Unique { index, unique, values } => {
                U::user_by_unique(self.conn, *index, values).await?.filter(|user| unique.are_of(user, values))
            }
        })
    }

    pub(in crate::diesel) async fn update_user(
        &mut self,
        id: &UserId,
        changes: &U::Changes,
    ) -> Result<Option<U>> {
        if U::update_user(self.conn, id.as_ref(), changes).await.map_err(user_taken::<U>)? == 0 {
            return Ok(None);
        }
        Ok(U::user(self.conn, id.as_ref()).await?.filter(|user| user.id() == id))
    }

    pub(in crate::diesel) async fn remove_user(&mut self, id: &UserId) -> Result<()> {
        // Whoever adds a session or key for this user now waits, and then finds no user.
        self.lock_user(id).await?;
        U::delete_sessions_of(self.conn, id.as_ref()).await?;
        self.delete_keys_and_user(id).await
    }

    pub(in crate::diesel) async fn delete_user(&mut self, id: &UserId) -> Result<()> {
        self.lock_user(id).await?;
        self.delete_keys_and_user(id).await
    }

    async fn delete_keys_and_user(&mut self, id: &UserId) -> Result<()> {
        U::delete_keys_of(self.conn, id.as_ref()).await?;
        match U::delete_user(self.conn, id.as_ref()).await {
            Ok(_) => Ok(()),
            Err(error) => Err(match violation::<U>(&error, U::TABLES.user) {
                Some(Violation::ForeignKey) => Kind::InUse(Some(Box::new(error))).into(),
                _ => error.into(),
            }),
        }
    }
}

/// The error for a user that could not be written: which unique value somebody has.
fn user_taken<U: LuciaUser>(error: DieselError) -> Error {
    match violation::<U>(&error, U::TABLES.user) {
        Some(Violation::UserId) => Kind::UserIdTaken.into(),
        Some(Violation::Attributes(names)) => Kind::AttributesTaken(names).into(),
        _ => error.into(),
    }
}
