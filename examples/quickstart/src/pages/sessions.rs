//! `/sessions`: where one is signed in.

use std::cmp::Reverse;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use lucia::axum::AuthRequest;
use lucia::{Auth, Session, SessionState};
use maud::{Markup, html};

use super::widgets::{see_other, shown, time};
use super::{Page, SignedIn};
use crate::error::{Failure, message};
use crate::user::User;

pub async fn show(State(auth): State<Auth<User>>, signed_in: SignedIn) -> Result<Page, Failure> {
    let mut sessions = auth.sessions(&signed_in.user.id).await?;
    sessions.sort_by_key(|session| (!session.is_same(&signed_in.session), Reverse(session.created_at())));
    let body = html! {
        p { "You are signed in here:" }
        div.scroll {
            table {
                thead { tr { th { "Signed in" } th { "State" } th { "Until" } th { "End" } } }
                tbody { @for session in &sessions { (row(session, session.is_same(&signed_in.session))) } }
            }
        }
        p.hint { "An idle session has not been used for a while; its next use renews it." }
        @if sessions.len() > 1 {
            h2 { "Others" }
            form method="post" action="/sessions/end-others" { button { "End all others" } }
        }
    };
    Ok(Page::new("Sessions", body).for_visitor(Some(&signed_in)))
}

fn row(session: &Session, is_this: bool) -> Markup {
    let state = match session.state() {
        SessionState::Active => "active",
        SessionState::Idle => "idle",
    };
    html! {
        tr aria-current=[is_this.then_some("true")] {
            td {
                @if let Some(begun) = session.created_at() { (time(begun)) } @else { "unknown" }
                @if is_this { " " span.mark { "this one" } }
            }
            td { (state) }
            td { (time(session.idle_expires())) }
            td {
                form method="post" action={ "/sessions/" (session.id()) "/end" } {
                    @if is_this {
                        button.quiet { "Log out" }
                    } @else {
                        // There are several of them: read aloud, each says which it is.
                        button.quiet aria-label=[session.created_at().map(|begun| format!("End the one of {}", shown(begun)))] { "End" }
                    }
                }
            }
        }
    }
}

pub async fn end(
    State(auth): State<Auth<User>>,
    signed_in: SignedIn,
    request: AuthRequest<User>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    // Only one's own are looked at, so that nobody ends somebody else's.
    let sessions = auth.sessions(&signed_in.user.id).await?;
    match sessions.iter().find(|session| session.id().as_str() == id) {
        None => {
            let text = "You have no such session. It may have ended already.";
            Ok(message(StatusCode::NOT_FOUND, "Not found", text)
                .for_visitor(Some(&signed_in))
                .into_response())
        }
        Some(session) if session.is_same(&signed_in.session) => {
            request.end().await?;
            Ok(see_other("/").into_response())
        }
        Some(session) => {
            auth.invalidate_session(session.id()).await?;
            Ok(see_other("/sessions").into_response())
        }
    }
}

pub async fn end_others(State(auth): State<Auth<User>>, signed_in: SignedIn) -> Result<Redirect, Failure> {
    auth.invalidate_other_sessions(&signed_in.user.id, signed_in.session.id()).await?;
    Ok(see_other("/sessions"))
}
