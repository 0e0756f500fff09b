//! [`Refusal`]: how an app answers a request that it cannot let in.

use axum_core::response::{IntoResponse, Response};
use http::header::{LOCATION, RETRY_AFTER};
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode, Uri};

use crate::{Error, ReturnPath};

/// How [`Authenticated`](super::Authenticated) answers in place of the handler.
///
/// ```
/// use axum::http::request::Parts;
/// use axum::response::Response;
/// use lucia::axum::{Authenticated, Refusal, redirect_to_log_in, way_back};
///
/// struct ToLogIn;
///
/// impl Refusal for ToLogIn {
///     fn signed_out(parts: &Parts) -> Response {
///         redirect_to_log_in("/log-in", way_back(parts).as_ref())
///     }
/// }
///
/// # mod user { #[derive(lucia::LuciaUser)] pub struct User { pub id: lucia::UserId } }
/// # use user::User;
/// async fn account(Authenticated { user, .. }: Authenticated<User, ToLogIn>) -> String {
///     format!("You are {}", user.id)
/// }
/// # fn main() {}
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how a signed-out request is answered",
    note = "leave it out for 401, or implement `lucia::axum::Refusal` for it"
)]
pub trait Refusal {
    /// Nobody is signed in.
    #[must_use]
    fn signed_out(parts: &Parts) -> Response;

    /// Who is there cannot be found out now: 503, unless the app says otherwise. The cookie is left alone.
    #[must_use]
    fn unavailable(error: &Error) -> Response {
        let retry = [(RETRY_AFTER, HeaderValue::from_static("1"))];
        (StatusCode::SERVICE_UNAVAILABLE, retry, error.to_string()).into_response()
    }
}

/// Signed out is 401.
///
/// ```
/// use axum::http::{Request, StatusCode};
/// use lucia::axum::{Refusal, Unauthorized};
///
/// let (parts, ()) = Request::new(()).into_parts();
/// assert_eq!(Unauthorized::signed_out(&parts).status(), StatusCode::UNAUTHORIZED);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unauthorized;

impl Refusal for Unauthorized {
    fn signed_out(_: &Parts) -> Response {
        (StatusCode::UNAUTHORIZED, "Log in first.").into_response()
    }
}

/// A redirect (303) to the log-in page at the path `page`, with `next=` and the way back as its query.
///
/// ```
/// use lucia::ReturnPath;
/// use lucia::axum::redirect_to_log_in;
///
/// let way_back = ReturnPath::parse("/account?tab=keys");
/// let response = redirect_to_log_in("/log-in", way_back.as_ref());
/// assert_eq!(response.headers()["location"], "/log-in?next=/account%3Ftab%3Dkeys");
/// assert_eq!(redirect_to_log_in("/log-in", None).headers()["location"], "/log-in");
/// ```
#[must_use]
pub fn redirect_to_log_in(page: &str, way_back: Option<&ReturnPath>) -> Response {
    let location = match way_back {
        Some(path) => {
            let joint = if page.contains('?') { '&' } else { '?' };
            format!("{page}{joint}next={}", path.query_value())
        }
        None => page.to_owned(),
    };
    match HeaderValue::try_from(location) {
        Ok(location) => (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response(),
        // Somebody configured a path with control characters in it. Not letting in is the part that must hold.
        Err(_) => (StatusCode::UNAUTHORIZED, "Log in first.").into_response(),
    }
}

/// The page that was asked for, to come back to after logging in: `None` unless it was asked for by `GET` and is a
/// [`ReturnPath`]. What was sent by another method cannot be asked for again.
///
/// Read it on the log-in page by [`ReturnPath::parse`] again: anybody can write a link to that page.
///
/// ```
/// use axum::http::Request;
/// use lucia::axum::way_back;
///
/// let (page, ()) = Request::get("https://example.com/account?tab=keys").body(())?.into_parts();
/// assert_eq!(way_back(&page).unwrap().as_str(), "/account?tab=keys");
///
/// let (form, ()) = Request::post("/account").body(())?.into_parts();
/// assert!(way_back(&form).is_none());
/// # Ok::<(), axum::http::Error>(())
/// ```
#[must_use]
pub fn way_back(parts: &Parts) -> Option<ReturnPath> {
    if parts.method != Method::GET {
        return None;
    }
    // In a nested router `uri` has lost the path of the nest.
    let uri = parts.extensions.get::<AskedFor>().map_or(&parts.uri, |asked| &asked.0);
    ReturnPath::parse(uri.path_and_query()?.as_str())
}

/// The URI as it arrived at the layer.
#[derive(Clone)]
pub(super) struct AskedFor(pub(super) Uri);
