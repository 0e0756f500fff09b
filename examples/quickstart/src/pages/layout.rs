//! What all pages share.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::SignedIn;

/// A page.
pub struct Page {
    status: StatusCode,
    title: &'static str,
    visitor: Option<String>,
    body: Markup,
}

impl Page {
    /// A page that is found (200), as somebody sees it who is not signed in.
    pub fn new(title: &'static str, body: Markup) -> Self {
        Self { status: StatusCode::OK, title, visitor: None, body }
    }

    /// The same with another status.
    pub fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// The same as this visitor sees it.
    pub fn for_visitor(self, visitor: Option<&SignedIn>) -> Self {
        Self { visitor: visitor.map(|signed_in| signed_in.user.username.clone()), ..self }
    }

    fn render(&self) -> Markup {
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (self.title) " · Quickstart" }
                    style { (PreEscaped(include_str!("style.css"))) }
                }
                body {
                    header {
                        a.home href="/" { "Quickstart" }
                        nav aria-label="Main" { (self.navigation()) }
                    }
                    main {
                        h1 { (self.title) }
                        (self.body)
                    }
                }
            }
        }
    }

    fn navigation(&self) -> Markup {
        html! {
            @if let Some(name) = &self.visitor {
                a href="/account" { (name) }
                a href="/sessions" { "Sessions" }
                form method="post" action="/log-out" { button.link { "Log out" } }
            } @else {
                a href="/log-in" { "Log in" }
                a href="/sign-up" { "Sign up" }
            }
        }
    }
}

/// Nothing but this page's own style, and forms to this site only; no other site may show it in a frame.
const CONTENT_SECURITY_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let headers = [
            (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
            (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
        ];
        (self.status, headers, self.render()).into_response()
    }
}
