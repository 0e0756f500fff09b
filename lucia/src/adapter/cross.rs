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
    /// A single-use key is consumed first: should the rest fail, it is used up, and no session began. Whoever is stopped
    /// after the insertion leaves a session whose token nobody was given.
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

    /// Changes a password if the old hash still is what it was, ends all sessions of the user and inserts the one that
    /// takes their place; `false`, and nothing is done, when the hash is another or the key is gone.
    ///
    /// Here the sessions end twice: before the hash is replaced, so that a process that is killed in between leaves the old
    /// password in force and nobody signed in, and after it, since some may have begun by the old password meanwhile. When
    /// a later step fails, the old hash is put back, if the store of the users still answers. Two stores leave one gap: a
    /// session that began by the old password after the first end stays when the process is killed, or the call given up,
    /// just before the second one. And a rival who replaces the hash just before the first end has the sessions ended by
    /// it, also the one of a changed password, and the change is `false`.
    fn change_password(&self, change: ChangePassword) -> impl Future<Output = Result<bool>> + Send {
        async move {
            let ChangePassword { key_id, user_id, old, new, session } = change;
            // Sessions do not end for a change that cannot be made.
            if !has_password(self, key_id.clone(), old.as_ref()).await? {
                return Ok(false);
            }
            self.delete_sessions_of(user_id.clone(), None).await?;
            if !self.replace_password(key_id.clone(), old.clone(), new.clone()).await? {
                return Ok(false);
            }
            if let Err(error) = sign_in_anew(self, user_id, session.as_ref()).await {
                // An error says that the password is the old one, and the change can be tried again.
                let _: Result<bool> = self.replace_password(key_id, new, old).await;
                return Err(error);
            }
            // Look again, as above: whoever changed the password next, or removed the user, may have ended the sessions
            // before this one was there. The change was made all the same, and its session has ended since.
            if let Some(session) = session {
                if !has_password(self, key_id, new.as_ref()).await? {
                    self.delete_session(session.id).await?;
                }
            }
            Ok(true)
        }
    }

    /// Removes a user with all sessions and keys. An unknown user is no error.
    ///
    /// The sessions go first: should the rest fail, nobody is signed in as a user who is half removed. They go again
    /// afterwards, since one may have been started in between; should that fail, it is a session without a user, which is
    /// invalid.
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

    /// Whether sessions are kept where no connection to the users reaches them, as in a [`Split`](super::Split): then
    /// [`Auth::on`](crate::Auth::on) refuses what is about sessions.
    fn keeps_sessions_apart(&self) -> bool {
        false
    }
}

/// Ends all sessions of a user, and inserts the one that takes their place.
async fn sign_in_anew<A: SessionAdapter + ?Sized>(
    adapter: &A,
    user_id: UserId,
    session: Option<&StoredSession>,
) -> Result<()> {
    adapter.delete_sessions_of(user_id, None).await?;
    let Some(session) = session else { return Ok(()) };
    match adapter.create_session(session.clone()).await {
        // The user was removed after the change.
        Err(error) if error.is_unknown_user() => Ok(()),
        result => result,
    }
}

/// Whether a key is there and has this hash.
async fn has_password<U: LuciaUser, A: UserAdapter<U> + ?Sized>(
    adapter: &A,
    key_id: String,
    hash: Option<&PasswordHash>,
) -> Result<bool> {
    let key = adapter.find_key(key_id).await?;
    Ok(key.is_some_and(|key| is_same(key.hashed_password.as_ref(), hash)))
}

fn is_same(a: Option<&PasswordHash>, b: Option<&PasswordHash>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.is_same(b),
        (None, None) => true,
        _ => false,
    }
}
