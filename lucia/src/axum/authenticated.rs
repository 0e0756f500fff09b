//! [`Authenticated`]: the extractor that lets signed-in requests through.

use std::fmt;
use std::marker::PhantomData;

use axum_core::extract::{FromRef, FromRequestParts, OptionalFromRequestParts};
use axum_core::response::{IntoResponse, Response};
use http::request::Parts;

use super::slot::Slot;
use super::{Refusal, Unauthorized};
use crate::{Auth, LuciaUser, Session, SessionUser};

/// The signed-in user, and the session.
///
/// As `Authenticated<User>` it lets only signed-in requests through to the handler; any other is answered as
/// [`R`](Refusal) says, by 401 unless the app chooses something else. As `Option<Authenticated<User>>` it lets all
/// through, and is `None` when nobody is signed in.
///
/// An idle session is renewed, once however many extractors there are, and the [layer](super::AuthLayer) sets the new
/// cookie. A cookie that is good for nothing is cleared. When the database cannot be reached, the answer is 503 in both forms
/// and the cookie stays.
///
/// The state of the app has to hold an [`Auth`]: be one, or have one by [`FromRef`].
///
/// ```
/// # mod user { #[derive(lucia::LuciaUser)] pub struct User { pub id: lucia::UserId } }
/// # use user::User;
/// use lucia::axum::Authenticated;
///
/// async fn account(Authenticated { user, session, .. }: Authenticated<User>) -> String {
///     format!("{}, signed in until {}", user.id, session.idle_expires())
/// }
///
/// async fn home(visitor: Option<Authenticated<User>>) -> &'static str {
///     if visitor.is_some() { "Welcome back" } else { "Welcome" }
/// }
/// # fn main() {}
/// ```
#[non_exhaustive]
pub struct Authenticated<U, R = Unauthorized> {
    /// Who is signed in.
    pub user: U,
    /// The session, active or idle; a renewed one is active.
    pub session: Session,
    refusal: PhantomData<fn() -> R>,
}

impl<U, R, S> FromRequestParts<S> for Authenticated<U, R>
where
    U: LuciaUser,
    R: Refusal,
    S: Send + Sync,
    Auth<U>: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let visitor = <Self as OptionalFromRequestParts<S>>::from_request_parts(parts, state).await?;
        visitor.ok_or_else(|| R::signed_out(parts))
    }
}

impl<U, R, S> OptionalFromRequestParts<S> for Authenticated<U, R>
where
    U: LuciaUser,
    R: Refusal,
    S: Send + Sync,
    Auth<U>: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, Response> {
        let slot = Slot::<U>::of(parts).map_err(IntoResponse::into_response)?;
        let valid = slot.session_user(&Auth::from_ref(state)).await;
        let valid = valid.map_err(|error| R::unavailable(&error))?;
        Ok(valid.map(|SessionUser { session, user }| Self { user, session, refusal: PhantomData }))
    }
}

impl<U: fmt::Debug, R> fmt::Debug for Authenticated<U, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authenticated").field("user", &self.user).field("session", &self.session).finish()
    }
}
