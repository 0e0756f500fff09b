//! What is known about one request: who is signed in, and which cookie the answer is to set.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use http::request::Parts;
use http::{Extensions, HeaderValue};
use tokio::sync::Mutex;

use super::MissingLayer;
use crate::{Auth, Error, LuciaUser, Presented, Result, Session, SessionId, SessionUser, UserId};

/// What the layer puts into the extensions of a request, for users of type `U`.
pub(super) struct Slot<U> {
    presented: Arc<Presented>,
    state: Arc<Mutex<State>>,
    users: PhantomData<fn() -> U>,
}

struct State {
    known: Known,
    /// The last word about our cookie, as the value of its `Set-Cookie` header.
    cookie: Option<HeaderValue>,
}

/// Who is signed in, as far as this request has found out.
enum Known {
    NotYet,
    SignedOut,
    SignedIn(SessionId),
}

impl<U: LuciaUser> Slot<U> {
    pub(super) fn new(presented: Presented) -> Self {
        let state = State { known: Known::NotYet, cookie: None };
        Self { presented: Arc::new(presented), state: Arc::new(Mutex::new(state)), users: PhantomData }
    }

    /// The slot that the layer has put there.
    pub(super) fn of(parts: &Parts) -> Result<Self, MissingLayer> {
        Self::within(&parts.extensions).ok_or_else(MissingLayer::of::<U>)
    }

    fn within(extensions: &Extensions) -> Option<Self> {
        extensions.get::<Self>().cloned()
    }

    /// The session and the user, `None` when signed out.
    ///
    /// The first call validates what was presented, others wait for it: however many extractors ask, a session is renewed
    /// once. A later call reads the same session again, as it is.
    pub(super) async fn session_user(&self, auth: &Auth<U>) -> Result<Option<SessionUser<U>>> {
        let mut state = self.state.lock().await;
        let result = match (&state.known, &*self.presented) {
            (Known::SignedOut, _) => return Ok(None),
            (Known::SignedIn(id), _) => return valid(auth.read_session_user(id).await),
            (Known::NotYet, Presented::Token(token)) => valid(auth.validate_user(token).await)?,
            (Known::NotYet, Presented::None) => {
                state.known = Known::SignedOut;
                return Ok(None);
            }
            (Known::NotYet, Presented::Junk) => None,
        };
        match &result {
            Some(valid) => {
                if valid.session.is_fresh() {
                    state.cookie = Some(cookie_of(auth, &valid.session)?);
                }
                state.known = Known::SignedIn(valid.session.id().clone());
            }
            None => state.sign_out(auth)?,
        }
        Ok(result)
    }

    /// Starts a session in place of whatever there is.
    pub(super) async fn start(&self, auth: &Auth<U>, user_id: &UserId) -> Result<()> {
        self.set(auth, auth.create_session(user_id).await?).await
    }

    /// Puts a session in place of whatever there is.
    pub(super) async fn set(&self, auth: &Auth<U>, session: Session) -> Result<()> {
        let mut state = self.state.lock().await;
        let cookie = cookie_of(auth, &session)?;
        if !state.is(session.id()) {
            self.end_what_there_is(auth, &state).await?;
        }
        state.cookie = Some(cookie);
        state.known = Known::SignedIn(session.id().clone());
        Ok(())
    }

    /// Ends whatever there is.
    pub(super) async fn end(&self, auth: &Auth<U>) -> Result<()> {
        let mut state = self.state.lock().await;
        self.end_what_there_is(auth, &state).await?;
        state.sign_out(auth)
    }

    /// The session that was presented, whether or not it is good for anything, and the one that this request has come to.
    async fn end_what_there_is(&self, auth: &Auth<U>, state: &State) -> Result<()> {
        let presented = match &*self.presented {
            Presented::Token(token) => Some(token.id()),
            Presented::None | Presented::Junk => None,
        };
        if let Known::SignedIn(id) = &state.known {
            auth.invalidate_session(id).await?;
        }
        match presented {
            Some(id) if !state.is(&id) => auth.invalidate_session(&id).await,
            _ => Ok(()),
        }
    }

    /// The cookie to be set, once the request has been handled.
    pub(super) async fn into_cookie(self) -> Option<HeaderValue> {
        self.state.lock().await.cookie.take()
    }
}

impl State {
    fn is(&self, id: &SessionId) -> bool {
        matches!(&self.known, Known::SignedIn(known) if known == id)
    }

    fn sign_out<U: LuciaUser>(&mut self, auth: &Auth<U>) -> Result<()> {
        self.cookie = Some(secret_header(auth.cookie().delete())?);
        self.known = Known::SignedOut;
        Ok(())
    }
}

/// Only *invalid* is signed out; any other error says nothing about the session.
fn valid<U>(result: Result<SessionUser<U>>) -> Result<Option<SessionUser<U>>> {
    match result {
        Ok(valid) => Ok(Some(valid)),
        Err(error) if error.is_invalid_session() => Ok(None),
        Err(error) => Err(error),
    }
}

fn cookie_of<U: LuciaUser>(auth: &Auth<U>, session: &Session) -> Result<HeaderValue> {
    let token = session.token().ok_or_else(|| {
        Error::config("the session has no token; give `set_session` one that was just started")
    })?;
    secret_header(auth.cookie().write(token, session.idle_expires(), auth.now()))
}

/// Marked so that middleware which logs headers leaves it out.
fn secret_header(text: String) -> Result<HeaderValue> {
    let mut value = HeaderValue::try_from(text).map_err(|_| Error::config("the cookie's name is not one"))?;
    value.set_sensitive(true);
    Ok(value)
}

impl<U> Clone for Slot<U> {
    fn clone(&self) -> Self {
        Self { presented: Arc::clone(&self.presented), state: Arc::clone(&self.state), users: PhantomData }
    }
}

impl<U> fmt::Debug for Slot<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Slot")
    }
}
