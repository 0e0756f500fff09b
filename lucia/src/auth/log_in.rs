//! The two operations that check a password and start a session in one.

use super::Auth;
use super::event::write;
use crate::adapter::{Adapter, ChangePassword, Proof, StartSession};
use crate::error::Kind;
use crate::{KeyId, LuciaUser, Password, Result, Session, SessionToken, StoredSession, UserId};

impl<U: LuciaUser, A: Adapter<U>> Auth<U, A> {
    /// Checks a password and starts a session; `None` when the key is unknown or the password is wrong. Which of them it
    /// was is not told, and costs the same time.
    ///
    /// There is no gap between the two: should the password change or the user be removed while it is checked, no session
    /// starts. A single-use key is used up. A hash of older parameters is replaced.
    ///
    /// # Errors
    ///
    /// - [`is_expired`](crate::Error::is_expired): the password was right, but the single-use key was past its time; it is
    ///   deleted.
    /// - [`is_overloaded`](crate::Error::is_overloaded): too many passwords wait to be hashed.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, _| {
    /// match auth.log_in(&USERNAME.id("ada")?, &"correct horse".into()).await? {
    ///     Some(session) => assert!(session.token().is_some()),
    ///     None => panic!("the name or the password is wrong"),
    /// }
    /// # Ok(()) }) }
    /// ```
    pub async fn log_in(&self, key: &KeyId, password: &Password) -> Result<Option<Session>> {
        let result = self.check_and_start(key, password).await;
        write("log_in").emit_found_about(result, Session::user_id)
    }

    async fn check_and_start(&self, key: &KeyId, password: &Password) -> Result<Option<Session>> {
        for _ in 0..super::users::ATTEMPTS {
            let Some(verified) = self.verify(key, Some(password)).await? else { return Ok(None) };
            if verified.key.is_expired(self.now()) {
                return match self.use_verified(verified).await {
                    Err(error) => Err(error),
                    // Somebody else was told.
                    Ok(_) => Ok(None),
                };
            }
            let single_use = verified.stored.expires.is_some();
            match self.start(&verified.stored.user_id, verified.proof()).await {
                // The user was removed while the password was checked.
                Err(error) if error.is_unknown_user() => return Ok(None),
                // The hash is another now: of a new password, or of the same one, rehashed by a rival. Looking again tells.
                Ok(None) if !single_use => {}
                result => return result,
            }
        }
        Err(Kind::Overloaded.into())
    }

    /// Changes a password, given the current one; `None` when the key is unknown or single-use, or the current password is
    /// wrong.
    ///
    /// All sessions of the user end, and the one that is returned takes their place: whoever knew the old password is
    /// signed in no longer, and whoever has changed it goes on with a new session.
    ///
    /// # Errors
    ///
    /// - [`is_invalid_input`](crate::Error::is_invalid_input): the new password breaks a rule.
    /// - [`is_overloaded`](crate::Error::is_overloaded): too many passwords wait to be hashed.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, ada| {
    /// let name = USERNAME.id("ada")?;
    /// let elsewhere = auth.create_session(&ada.id).await?;
    ///
    /// let session = auth.change_password(&name, &"correct horse".into(), "battery staple".into()).await?;
    /// assert!(session.is_some());
    /// assert_eq!(auth.sessions(&ada.id).await?.len(), 1);
    /// # drop(elsewhere);
    /// # Ok(()) }) }
    /// ```
    pub async fn change_password(
        &self,
        key: &KeyId,
        current: &Password,
        new: Password,
    ) -> Result<Option<Session>> {
        let result = self.check_and_change(key, current, new).await;
        write("change_password").emit_found_about(result, Session::user_id)
    }

    async fn check_and_change(
        &self,
        key: &KeyId,
        current: &Password,
        new: Password,
    ) -> Result<Option<Session>> {
        // What is wrong with the new password is said before the current one costs a hash.
        new.to_be_set(Password::MIN_CHARACTERS)?;
        let Some(verified) = self.verify(key, Some(current)).await? else { return Ok(None) };
        // A one-time code is used up by what it is for; it is nobody's password to change.
        if verified.stored.expires.is_some() {
            return Ok(None);
        }
        let new = self.passwords()?.hash(&new, Password::MIN_CHARACTERS, self.hashing).await?;
        for _ in 0..super::users::ATTEMPTS {
            let (token, session) = self.new_session(&verified.stored.user_id)?;
            let change = ChangePassword {
                key_id: verified.stored.id.clone(),
                user_id: verified.stored.user_id.clone(),
                old: verified.stored.hashed_password.clone(),
                new: Some(new.clone()),
                session: Some(session.clone()),
            };
            match self.adapter.change_password(change).await {
                Ok(false) => return Ok(None),
                Ok(true) => return self.started(session, token).map(Some),
                Err(error) if matches!(error.kind(), Kind::SessionIdTaken) => {}
                Err(error) => return Err(error),
            }
        }
        Err(Kind::SessionIdTaken.into())
    }

    /// Starts a session if its proof still holds.
    pub(super) async fn start(&self, user_id: &UserId, proof: Proof) -> Result<Option<Session>> {
        for _ in 0..super::users::ATTEMPTS {
            let (token, session) = self.new_session(user_id)?;
            let start = StartSession { session: session.clone(), proof: proof.clone(), now: self.now() };
            match self.adapter.start_session(start).await {
                Ok(true) => return self.started(session, token).map(Some),
                Ok(false) => return Ok(None),
                Err(error) if matches!(error.kind(), Kind::SessionIdTaken) => {}
                Err(error) => return Err(error),
            }
        }
        Err(Kind::SessionIdTaken.into())
    }

    fn new_session(&self, user_id: &UserId) -> Result<(SessionToken, StoredSession)> {
        let now = self.now();
        let token = self.settings.ids.new_token(&*self.settings.random)?;
        let id = token.id();
        let id = self.settings.ids.of_session(&id)?;
        let session = StoredSession::begun(id, user_id.clone(), self.settings.periods.start(now), now);
        Ok((token, session))
    }

    pub(super) fn started(&self, stored: StoredSession, token: SessionToken) -> Result<Session> {
        let session = Session::from_stored(stored, self.now()).ok_or(Kind::InvalidSession)?;
        Ok(session.with_token(token))
    }
}
