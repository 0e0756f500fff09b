//! What goes wrong through nobody's fault, as a page.

use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use lucia::axum::{Refusal, redirect_to_log_in};
use maud::html;

use crate::pages::Page;

/// An operation that failed, and not because of what somebody typed.
#[derive(Debug)]
pub struct Failure(lucia::Error);

impl From<lucia::Error> for Failure {
    fn from(error: lucia::Error) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        failure(&self.0)
    }
}

/// Signed-out people are sent to the log-in page.
pub struct ToLogIn;

impl Refusal for ToLogIn {
    fn signed_out(_: &Parts) -> Response {
        redirect_to_log_in("/log-in", None)
    }

    fn unavailable(error: &lucia::Error) -> Response {
        let page = message(StatusCode::SERVICE_UNAVAILABLE, "Back in a moment", &error.to_string());
        ([("retry-after", "1")], page).into_response()
    }
}

fn failure(error: &lucia::Error) -> Response {
    if error.is_unavailable() || error.is_overloaded() {
        return ToLogIn::unavailable(error);
    }
    // lucia has logged it already, with its cause.
    message(StatusCode::INTERNAL_SERVER_ERROR, "That did not work", "It is not your fault. Please try again.")
        .into_response()
}

/// A page that says one thing.
pub fn message(status: StatusCode, title: &'static str, text: &str) -> Page {
    Page::new(title, html! { p { (text) } p { a href="/" { "To the first page" } } }).with_status(status)
}
