//! The pages: one module for each path.

mod account;
mod home;
mod layout;
mod log_in;
mod me;
mod sessions;
mod sign_up;
mod widgets;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post};
use lucia::Auth;
use lucia::axum::Authenticated;

use crate::error::{ToLogIn, message};
use crate::user::User;

pub use layout::Page;

/// Somebody who is signed in; others are sent to the log-in page.
type SignedIn = Authenticated<User, ToLogIn>;

/// Whoever asks, signed in or not.
type Visitor = Option<SignedIn>;

/// Every path of this site.
pub fn routes() -> Router<Auth<User>> {
    Router::new()
        .route("/", get(home::show))
        .route("/sign-up", get(sign_up::show).post(sign_up::submit))
        .route("/log-in", get(log_in::show).post(log_in::submit))
        .route("/log-out", post(log_in::log_out))
        .route("/account", get(account::show).post(account::change_email))
        .route("/account/password", post(account::change_password))
        .route("/sessions", get(sessions::show))
        .route("/sessions/{id}/end", post(sessions::end))
        .route("/sessions/end-others", post(sessions::end_others))
        .route("/api/me", get(me::show))
        .fallback(not_found)
        .method_not_allowed_fallback(wrong_method)
}

async fn not_found(visitor: Visitor) -> Page {
    message(StatusCode::NOT_FOUND, "Not found", "There is no such page.").for_visitor(visitor.as_ref())
}

async fn wrong_method(visitor: Visitor) -> Page {
    message(StatusCode::METHOD_NOT_ALLOWED, "Not this way", "This page takes no request of this kind.")
        .for_visitor(visitor.as_ref())
}
