//! The operations on sessions.

use std::time::Duration;

use super::Auth;
use super::event::{read as read_event, write};
use crate::adapter::{Adapter, Proof, Removed, Renewal, Renewed, UserLookup};
use crate::domain::SessionState;
use crate::error::Kind;
use crate::{LuciaUser, Result, Session, SessionId, SessionToken, StoredSession, UnixMillis, UserId};

/// How long the old session goes on after the new one's token was presented: for requests that were on their way.
pub(super) const GRACE: Duration = Duration::from_secs(60);

/// A valid session and its user.
#[derive(Debug)]
#[non_exhaustive]
pub struct SessionUser<U> {
    /// The session.
    pub session: Session,
    /// Whose session it is.
    pub user: U,
}

impl<U: LuciaUser, A: Adapter<U>> Auth<U, A> {
    /// Starts a session for a user. It checks nothing but that the user exists: whoever calls it knows who it is.
    ///
    /// The session that is returned carries its [`token`](Session::token), which goes into the cookie and is nowhere else.
    ///
    /// # Errors
    ///
    /// [`is_unknown_user`](crate::Error::is_unknown_user): there is no such user.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, ada| {
    /// let session = auth.create_session(&ada.id).await?;
    /// let cookie = session.token().expect("it has just begun").expose();
    /// assert_eq!(cookie.len(), 43);
    /// # Ok(()) }) }
    /// ```
    pub async fn create_session(&self, user_id: &UserId) -> Result<Session> {
        let started = self.start(user_id, Proof::User).await;
        let result = started.and_then(|session| session.ok_or_else(|| Kind::UnknownUser.into()));
        write("create_session").about(user_id).emit(result)
    }

    /// The session with this token as it is, active or idle. Nothing is changed.
    ///
    /// # Errors
    ///
    /// [`is_invalid_session`](crate::Error::is_invalid_session): the session is unknown or dead, or its user is gone.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, ada| {
    /// # let session = auth.create_session(&ada.id).await?;
    /// # let token = session.token().expect("it has just begun");
    /// let session = auth.session(token).await?;
    /// assert_eq!(session.user_id(), &ada.id);
    /// # Ok(()) }) }
    /// ```
    pub async fn session(&self, token: &SessionToken) -> Result<Session> {
        let read = self.read(&token.id()).await;
        let result = read.and_then(|(stored, _)| self.alive(stored));
        read_event("session").emit_about(result, Session::user_id)
    }

    /// As [`validate_user`](Self::validate_user), without the user.
    ///
    /// # Errors
    ///
    /// As [`validate_user`](Self::validate_user).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, ada| {
    /// # let session = auth.create_session(&ada.id).await?;
    /// # let token = session.token().expect("it has just begun");
    /// let session = auth.validate(token).await?;
    /// if let Some(new) = session.token() {
    ///     // It was idle and has been renewed: this goes into the cookie.
    ///     # let _ = new;
    /// }
    /// # Ok(()) }) }
    /// ```
    pub async fn validate(&self, token: &SessionToken) -> Result<Session> {
        let result = self.check_and_renew(token).await.map(|valid| valid.session);
        read_event("validate").emit_about(result, Session::user_id)
    }

    /// The session with this token and its user. An idle session is renewed: what comes back is then a new session with
    /// a [`token`](Session::token) of its own, to be sent to the browser.
    ///
    /// Of any number of requests with one idle session, one renews it; the others go on with the old one. The old one stays
    /// good until the new token has been presented, and 60 seconds more, so that a lost response logs nobody out.
    ///
    /// # Errors
    ///
    /// [`is_invalid_session`](crate::Error::is_invalid_session): the session is unknown or dead, or its user is gone. No other
    /// error may clear a cookie.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, ada| {
    /// use lucia::SessionToken;
    ///
    /// # let session = auth.create_session(&ada.id).await?;
    /// # let token = session.token().expect("it has just begun");
    /// let valid = auth.validate_user(token).await?;
    /// assert_eq!(valid.user, ada);
    ///
    /// let unknown = SessionToken::generate(&lucia::OsRandom)?;
    /// assert!(auth.validate_user(&unknown).await.unwrap_err().is_invalid_session());
    /// # Ok(()) }) }
    /// ```
    pub async fn validate_user(&self, token: &SessionToken) -> Result<SessionUser<U>> {
        let result = self.check_and_renew(token).await;
        read_event("validate_user").emit_about(result, |valid| valid.user.id())
    }

    /// The session with this id and its user as they are, for whoever has validated the token before.
    #[cfg(feature = "axum")]
    pub(crate) async fn read_session_user(&self, id: &SessionId) -> Result<SessionUser<U>> {
        let read = self.read(id).await;
        let result = read.and_then(|(stored, user)| Ok(SessionUser { session: self.alive(stored)?, user }));
        read_event("session").emit_about(result, |valid| valid.user.id())
    }

    async fn read(&self, id: &SessionId) -> Result<(StoredSession, U)> {
        let id = self.settings.ids.of_session(id)?.to_owned();
        let found = self.adapter.session_and_user(id).await?;
        found.ok_or_else(|| Kind::InvalidSession.into())
    }

    fn alive(&self, stored: StoredSession) -> Result<Session> {
        Session::from_stored(stored, self.now()).ok_or_else(|| Kind::InvalidSession.into())
    }

    async fn check_and_renew(&self, token: &SessionToken) -> Result<SessionUser<U>> {
        let (stored, user) = self.read(&token.id()).await?;
        if !stored.is_unpresented() && self.now() <= stored.active_expires {
            // As most are: nothing is to be written, and the row is not needed any more.
            return Ok(SessionUser { session: self.alive(stored)?, user });
        }
        let session = self.alive(stored.clone())?;
        if stored.is_unpresented() {
            self.present(&stored).await;
        }
        if session.state() == SessionState::Active {
            return Ok(SessionUser { session, user });
        }
        match self.renew_stored(&stored).await {
            Ok(Some(renewed)) => Ok(SessionUser { session: renewed, user }),
            Ok(None) => Ok(SessionUser { session, user }),
            Err(error) if error.is_invalid_session() => Err(error),
            // It is valid, and can be renewed by the next request when the database takes writes again.
            Err(error) => {
                let _: Result<()> = write("renew_session").about(user.id()).emit(Err(error));
                Ok(SessionUser { session, user })
            }
        }
    }

    /// Notes that a renewed session's token has arrived. Should that fail, the next request does it.
    async fn present(&self, stored: &StoredSession) {
        let now = self.now();
        let noted = self
            .adapter
            .present_session(stored.id.clone(), stored.user_id.clone(), now, now.saturating_add(GRACE))
            .await;
        if noted.is_err() {
            let _ = write("present_session").about(&stored.user_id).emit(noted);
        }
    }

    /// Renews a session whatever its state; the old one when it was renewed before.
    ///
    /// # Errors
    ///
    /// [`is_invalid_session`](crate::Error::is_invalid_session): the session is unknown or dead, or its user is gone.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, ada| {
    /// # let session = auth.create_session(&ada.id).await?;
    /// # let token = session.token().expect("it has just begun");
    /// let renewed = auth.renew_session(token).await?;
    /// assert!(renewed.is_fresh() && renewed.id() != session.id());
    /// # Ok(()) }) }
    /// ```
    pub async fn renew_session(&self, token: &SessionToken) -> Result<Session> {
        let result = async {
            let (stored, _) = self.read(&token.id()).await?;
            let session = self.alive(stored.clone())?;
            if stored.is_unpresented() {
                self.present(&stored).await;
            }
            Ok(self.renew_stored(&stored).await?.unwrap_or(session))
        }
        .await;
        write("renew_session").emit_about(result, Session::user_id)
    }

    /// The new session, or `None` when the old one was renewed before.
    async fn renew_stored(&self, old: &StoredSession) -> Result<Option<Session>> {
        let now = self.now();
        let expiries = self.settings.periods.renew(now, old.absolute_expires);
        let token = self.settings.ids.new_token(&*self.settings.random)?;
        let id = token.id();
        let new = old.renewed(self.settings.ids.of_session(&id)?, expiries);
        let renewal = Renewal {
            old: old.id.clone(),
            new: new.clone(),
            now,
            // As seen by `active_expires`, which lies one active period after the renewal.
            lost_before: UnixMillis::from_millis(
                expiries.active_expires.as_millis().saturating_sub(millis(GRACE)),
            ),
        };
        match self.adapter.renew_session(renewal).await {
            Ok(Renewed::Now) => self.started(new, token).map(Some),
            Ok(Renewed::Before) => Ok(None),
            Ok(Renewed::Gone) => Err(Kind::InvalidSession.into()),
            // A store without a lock told the rivals apart by the uniqueness of `renewed_from`.
            Err(error) if matches!(error.kind(), Kind::SessionIdTaken) => Ok(None),
            Err(error) if error.is_unknown_user() => Err(Kind::InvalidSession.into()),
            Err(error) => Err(error),
        }
    }

    /// The sessions in which a user is signed in, active and idle; one that is being renewed counts once.
    ///
    /// # Errors
    ///
    /// [`is_unknown_user`](crate::Error::is_unknown_user): there is no such user.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, ada| {
    /// auth.create_session(&ada.id).await?;
    /// for session in auth.sessions(&ada.id).await? {
    ///     println!("{:?} until {}", session.state(), session.idle_expires());
    /// }
    /// # Ok(()) }) }
    /// ```
    pub async fn sessions(&self, user_id: &UserId) -> Result<Vec<Session>> {
        let result = self.list(user_id).await;
        read_event("sessions").about(user_id).emit(result)
    }

    async fn list(&self, user_id: &UserId) -> Result<Vec<Session>> {
        let stored = self.adapter.sessions_of(user_id.clone()).await?;
        // Sessions that are kept apart may be left of a user who is gone.
        let may_be_nobody = stored.is_empty() || self.adapter.keeps_sessions_apart();
        if may_be_nobody && self.adapter.find_user(UserLookup::Id(user_id.clone())).await?.is_none() {
            return Err(Kind::UnknownUser.into());
        }
        let now = self.now();
        let superseded: Vec<String> = stored
            .iter()
            .filter(|session| !session.is_unpresented())
            .filter_map(|session| session.renewed_from.clone())
            .collect();
        Ok(stored
            .into_iter()
            .filter(|session| self.settings.ids.lead_to(session))
            .filter(|session| !session.is_unpresented() && !superseded.contains(&session.id))
            .filter_map(|session| Session::from_stored(session, now))
            .collect())
    }

    /// Ends a session, and the one that it was renewed from or to. An unknown one is no error.
    ///
    /// # Errors
    ///
    /// None but those of every operation.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, ada| {
    /// let session = auth.create_session(&ada.id).await?;
    /// auth.invalidate_session(session.id()).await?;
    /// assert!(auth.sessions(&ada.id).await?.is_empty());
    /// # Ok(()) }) }
    /// ```
    pub async fn invalidate_session(&self, id: &SessionId) -> Result<()> {
        let result = async {
            let id = self.settings.ids.of_session(id)?.to_owned();
            self.adapter.delete_session(id).await
        }
        .await;
        write("invalidate_session").emit(result)
    }

    /// Ends all sessions of a user.
    ///
    /// # Errors
    ///
    /// None but those of every operation.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, ada| {
    /// auth.create_session(&ada.id).await?;
    /// auth.invalidate_sessions(&ada.id).await?;
    /// assert!(auth.sessions(&ada.id).await?.is_empty());
    /// # Ok(()) }) }
    /// ```
    pub async fn invalidate_sessions(&self, user_id: &UserId) -> Result<()> {
        let result = self.adapter.delete_sessions_of(user_id.clone(), None).await;
        write("invalidate_sessions").about(user_id).emit(result)
    }

    /// Ends all sessions of a user but this one.
    ///
    /// # Errors
    ///
    /// None but those of every operation.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, ada| {
    /// let this = auth.create_session(&ada.id).await?;
    /// auth.create_session(&ada.id).await?;
    /// auth.invalidate_other_sessions(&ada.id, this.id()).await?;
    /// assert_eq!(auth.sessions(&ada.id).await?.len(), 1);
    /// # Ok(()) }) }
    /// ```
    pub async fn invalidate_other_sessions(&self, user_id: &UserId, keep: &SessionId) -> Result<()> {
        let result = async {
            let keep = self.settings.ids.of_session(keep)?.to_owned();
            self.adapter.delete_sessions_of(user_id.clone(), Some(keep)).await
        }
        .await;
        write("invalidate_other_sessions").about(user_id).emit(result)
    }

    /// Deletes the dead sessions and the expired single-use keys of a user.
    ///
    /// # Errors
    ///
    /// None but those of every operation.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, ada| {
    /// let removed = auth.sweep_user(&ada.id).await?;
    /// assert_eq!((removed.sessions, removed.keys), (0, 0));
    /// # Ok(()) }) }
    /// ```
    pub async fn sweep_user(&self, user_id: &UserId) -> Result<Removed> {
        let result = async {
            let mut removed = Removed::default();
            loop {
                let batch = self.sweep_batch(Some(user_id), SWEEP).await?;
                removed.sessions = removed.sessions.saturating_add(batch.sessions);
                removed.keys = removed.keys.saturating_add(batch.keys);
                if batch.sessions < SWEEP && batch.keys < SWEEP {
                    return Ok(removed);
                }
            }
        }
        .await;
        write("sweep_user").about(user_id).emit(result)
    }

    /// Deletes at most `limit` dead sessions and at most `limit` expired single-use keys of everybody, and tells how many
    /// it were: call it from time to time, again while it finds as many. Nothing else ever deletes them, and none of them
    /// is good for anything.
    ///
    /// # Errors
    ///
    /// None but those of every operation.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, _| {
    /// // From time to time:
    /// loop {
    ///     let removed = auth.sweep(1_000).await?;
    ///     if removed.sessions < 1_000 && removed.keys < 1_000 {
    ///         break;
    ///     }
    /// }
    /// # Ok(()) }) }
    /// ```
    pub async fn sweep(&self, limit: u32) -> Result<Removed> {
        let result = self.sweep_batch(None, limit).await;
        write("sweep").emit(result)
    }

    async fn sweep_batch(&self, user_id: Option<&UserId>, limit: u32) -> Result<Removed> {
        let now = self.now();
        let sessions = self.adapter.delete_dead_sessions(user_id.cloned(), now, limit).await?;
        let keys = self.adapter.delete_expired_keys(user_id.cloned(), now, limit).await?;
        Ok(Removed { sessions, keys })
    }
}

/// How many rows of one user go in one statement.
const SWEEP: u32 = 500;

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
