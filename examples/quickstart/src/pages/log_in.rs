//! `/log-in` and `/log-out`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use lucia::axum::AuthRequest;
use lucia::{Auth, Session};
use maud::html;

use super::widgets::{PASSWORD, USERNAME, alert, field, see_other, trouble};
use super::{Page, Visitor};
use crate::error::Failure;
use crate::form::{Form, Problem};
use crate::input::{self, Field};
use crate::user::{self, User};

#[derive(Default)]
struct LogIn {
    username: Field,
    password: Field,
    /// Which of the two it was is nobody's business.
    is_wrong: bool,
    problem: Option<Problem>,
}

pub async fn show(visitor: Visitor) -> Page {
    LogIn::default().page(&visitor)
}

pub async fn submit(
    State(auth): State<Auth<User>>,
    visitor: Visitor,
    request: AuthRequest<User>,
    form: Form,
) -> Result<Response, Failure> {
    let mut input = LogIn::read(&form);
    if let Some(status) = input.is_refused() {
        return Ok(input.page(&visitor).with_status(status).into_response());
    }
    if let Some(session) = input.check(&auth).await? {
        request.set_session(session).await?;
        return Ok(see_other("/").into_response());
    }
    input.is_wrong = true;
    Ok(input.page(&visitor).with_status(StatusCode::UNAUTHORIZED).into_response())
}

pub async fn log_out(request: AuthRequest<User>) -> Result<Redirect, Failure> {
    request.end().await?;
    Ok(see_other("/"))
}

impl LogIn {
    fn read(form: &Form) -> Self {
        if let Some(problem) = form.problem() {
            return Self { problem: Some(problem), ..Self::default() };
        }
        Self {
            username: Field::read(form, "username", input::something),
            password: Field::read(form, "password", input::something),
            ..Self::default()
        }
    }

    /// The status of the answer when something is wrong that can be seen without asking anybody.
    fn is_refused(&self) -> Option<StatusCode> {
        let is_good = self.username.is_good() && self.password.is_good();
        let bad_field = (!is_good).then_some(StatusCode::UNPROCESSABLE_ENTITY);
        self.problem.map(Problem::status).or(bad_field)
    }

    async fn check(&mut self, auth: &Auth<User>) -> lucia::Result<Option<Session>> {
        // What can be no name is nobody's.
        let Ok(key) = user::USERNAME.id(&self.username.value) else { return Ok(None) };
        auth.log_in(&key, &self.password.take_password()).await
    }

    fn page(&self, visitor: &Visitor) -> Page {
        let body = html! {
            (trouble(self.problem))
            @if self.is_wrong { (alert("The user name or the password is wrong. Please try again.")) }
            form method="post" action="/log-in" {
                (field("User name", "username", &USERNAME, None, &self.username))
                (field("Password", "password", &PASSWORD, None, &self.password))
                button { "Log in" }
            }
            p { "You have no account yet? " a href="/sign-up" { "Sign up" } "." }
        };
        Page::new("Log in", body).for_visitor(visitor.as_ref())
    }
}
