//! [`AuthRequest`]: the handle by which a handler starts and ends the session of its request.

use std::fmt;

use axum_core::extract::{FromRef, FromRequestParts};
use http::request::Parts;

use super::MissingLayer;
use super::slot::Slot;
use crate::{Auth, LuciaUser, Result, Session, UserId};

/// Starts and ends the session of this request. The [layer](super::AuthLayer) writes the cookie.
///
/// What is done last counts: one cookie is set, or cleared, however many sessions a handler starts and ends.
///
/// ```
/// # mod user { #[derive(lucia::LuciaUser)] pub struct User { pub id: lucia::UserId } }
/// # use user::User;
/// use axum::extract::State;
/// use axum::response::Redirect;
/// use lucia::Auth;
/// use lucia::axum::AuthRequest;
///
/// # struct AppError;
/// # impl From<lucia::Error> for AppError { fn from(_: lucia::Error) -> Self { Self } }
/// async fn sign_up(State(auth): State<Auth<User>>, request: AuthRequest<User>) -> Result<Redirect, AppError> {
///     let user = auth.create_user(None, user::UserAttributes {}).await?;
///     request.start(&user.id).await?;
///     Ok(Redirect::to("/"))
/// }
///
/// async fn log_out(request: AuthRequest<User>) -> Result<Redirect, AppError> {
///     request.end().await?;
///     Ok(Redirect::to("/"))
/// }
/// # fn main() {}
/// ```
pub struct AuthRequest<U> {
    auth: Auth<U>,
    slot: Slot<U>,
}

impl<U: LuciaUser> AuthRequest<U> {
    /// Starts a session for a user: whoever calls it knows who it is. The session that the request came with ends,
    /// whoever's it was.
    ///
    /// # Errors
    ///
    /// [`is_unknown_user`](crate::Error::is_unknown_user): there is no such user. After an error the cookie
    /// is left as it was.
    pub async fn start(&self, user_id: &UserId) -> Result<()> {
        self.slot.start(&self.auth, user_id).await
    }

    /// Goes on with a session that [`log_in`](Auth::log_in), [`change_password`](Auth::change_password) or
    /// [`create_session`](Auth::create_session) has just returned. The session that the request came with ends,
    /// whoever's it was.
    ///
    /// # Errors
    ///
    /// [`is_config`](crate::Error::is_config): the session was not just started and has no token.
    /// After an error the cookie is left as it was.
    pub async fn set_session(&self, session: Session) -> Result<()> {
        self.slot.set(&self.auth, session).await
    }

    /// Ends the session of this request, with the one that it was renewed from or to, and clears the cookie. Without a
    /// session it only clears the cookie.
    ///
    /// # Errors
    ///
    /// None but those of every operation; then the cookie is left alone.
    pub async fn end(&self) -> Result<()> {
        self.slot.end(&self.auth).await
    }
}

impl<U, S> FromRequestParts<S> for AuthRequest<U>
where
    U: LuciaUser,
    S: Send + Sync,
    Auth<U>: FromRef<S>,
{
    type Rejection = MissingLayer;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, MissingLayer> {
        Ok(Self { auth: Auth::from_ref(state), slot: Slot::of(parts)? })
    }
}

impl<U> fmt::Debug for AuthRequest<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthRequest")
    }
}
