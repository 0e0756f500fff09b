//! The four steps that touch users and sessions, with bodies for stores that share no transaction.

use std::future::Future;

use super::{ChangePassword, Consumed, Proof, SessionAdapter, StartSession, UserAdapter, UserLookup};
use crate::error::Kind;
use crate::{LuciaUser, PasswordHash, Result, StoredSession, UserId};

/// Stores users, keys and sessions.
///
/// The bodies given here are for two stores without a common transaction: each does the steps in the order in which
/// failing half-way leaves no session good that should not be. An adapter that keeps everything in one database
/// overrides them with one transaction each.
pub trait Adapter<U: LuciaUser>: UserAdapter<U> + SessionAdapter {
    /// A session, dead or alive, with its user; `None` when either is missing.
    fn session_and_user(
        &self,
        id: String,
    ) -> impl Future<Output = Result<Option<(StoredSession, U)>>> + Send {
        async move {
            let Some(session) = self.find_session(id).await? else { return Ok(None) };
            let user = self.find_user(UserLookup::Id(session.user_id.clone())).await?;
            Ok(user.map(|user| (session, user)))
        }
    }

    /// Inserts a session if its proof still holds; `false` when it does not. Of any number of rivals with one single-use key
    /// one gets `true`. A session that was started does not outlive a change of the password or the removal of the user at
    /// the same time.
    ///
    /// # Errors
    ///
    /// - [`is_unknown_user`](crate::Error::is_unknown_user): there is no such user, or is no longer.
    /// - [`session_id_taken`](crate::Error::session_id_taken): another session has the id.
    fn start_session(&self, start: StartSession) -> impl Future<Output = Result<bool>> + Send {
        async move {
            let StartSession { session, proof, now } = start;
            let (id, user_id) = (session.id.clone(), session.user_id.clone());
            if let Proof::Key { id, hashed_password, single_use: true } = &proof {
                if self.consume_key(id.clone(), hashed_password.clone(), now).await? != Consumed::Now {
                    return Ok(false);
                }
            }
            // Insert, then look again: whoever changes the password or removes the user does so first and ends the
            // sessions afterwards, so that one of the two sees the other.
            self.create_session(session).await?;
            let holds = match &proof {
                Proof::Key { id, hashed_password, single_use: false } => {
                    let key = self.find_key(id.clone()).await?;
                    key.is_some_and(|key| {
                        is_same(key.hashed_password.as_ref(), hashed_password.as_ref())
                            && key.user_id == user_id
                            && key.expires.is_none()
                    })
                }
                Proof::User | Proof::Key { .. } => self.find_user(UserLookup::Id(user_id)).await?.is_some(),
            };
            if holds {
                return Ok(true);
            }
            self.delete_session(id).await?;
            match proof {
                Proof::User => Err(Kind::UnknownUser.into()),
                Proof::Key { .. } => Ok(false),
            }
        }
    }

    /// Changes a password if the old hash still is what it was, then ends all sessions of the user and inserts the
    /// one that takes their place; `false`, and nothing is done, when the hash is another or the key is gone.
    fn change_password(&self, change: ChangePassword) -> impl Future<Output = Result<bool>> + Send {
        async move {
            let ChangePassword { key_id, user_id, old, new, session } = change;
            if !self.replace_password(key_id.clone(), old.clone(), new.clone()).await? {
                return Ok(false);
            }
            if let Err(error) = self.delete_sessions_of(user_id, None).await {
                // Nobody may think that the others are signed out: the password is the old one, and the change can be
                // tried again.
                let _: Result<bool> = self.replace_password(key_id, new, old).await;
                return Err(error);
            }
            let Some(session) = session else { return Ok(true) };
            let id = session.id.clone();
            match self.create_session(session).await {
                // The user was removed after the change.
                Err(error) if error.is_unknown_user() => return Ok(true),
                result => result?,
            }
            // Look again, as above: whoever changed the password next, or removed the user, may have ended the sessions
            // before this one was there. The change was made all the same, and its session has ended since.
            let key = self.find_key(key_id).await?;
            if !key.is_some_and(|key| is_same(key.hashed_password.as_ref(), new.as_ref())) {
                self.delete_session(id).await?;
            }
            Ok(true)
        }
    }

    /// Removes a user with all sessions and keys. An unknown user is no error.
    ///
    /// The sessions go first: should the rest fail, nobody is signed in as a user who is half removed. They go again
    /// afterwards, since one may have been started in between.
    ///
    /// # Errors
    ///
    /// [`is_in_use`](crate::Error::is_in_use): rows of the app still point to the user.
    fn remove_user(&self, id: UserId) -> impl Future<Output = Result<()>> + Send {
        async move {
            self.delete_sessions_of(id.clone(), None).await?;
            self.delete_user(id.clone()).await?;
            self.delete_sessions_of(id, None).await
        }
    }
}

fn is_same(a: Option<&PasswordHash>, b: Option<&PasswordHash>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.is_same(b),
        (None, None) => true,
        _ => false,
    }
}
