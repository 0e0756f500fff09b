//! `/sign-up`: makes a user.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use lucia::axum::AuthRequest;
use lucia::{Auth, NewKey};
use maud::html;

use super::widgets::{EMAIL, NEW_PASSWORD, USERNAME, field, see_other, trouble};
use super::{Page, Visitor};
use crate::error::Failure;
use crate::form::{Form, Problem};
use crate::input::{self, Field};
use crate::user::{self, User, UserAttributes};

#[derive(Default)]
struct SignUp {
    username: Field,
    email: Field,
    password: Field,
    problem: Option<Problem>,
}

pub async fn show(visitor: Visitor) -> Page {
    SignUp::default().page(&visitor)
}

pub async fn submit(
    State(auth): State<Auth<User>>,
    visitor: Visitor,
    request: AuthRequest<User>,
    form: Form,
) -> Result<Response, Failure> {
    let mut input = SignUp::read(&form);
    if let Some(status) = input.is_refused() {
        return Ok(input.page(&visitor).with_status(status).into_response());
    }
    let created = match user::USERNAME.id(&input.username.value) {
        Ok(key) => {
            auth.create_user(NewKey::password(key, input.password.take_password()), input.attributes()).await
        }
        Err(error) => Err(error),
    };
    match created {
        Ok(user) => {
            request.start(&user.id).await?;
            Ok(see_other("/").into_response())
        }
        Err(error) => {
            let status = input.refuse(error)?;
            Ok(input.page(&visitor).with_status(status).into_response())
        }
    }
}

impl SignUp {
    fn read(form: &Form) -> Self {
        if let Some(problem) = form.problem() {
            return Self { problem: Some(problem), ..Self::default() };
        }
        Self {
            username: Field::read(form, "username", input::username),
            email: Field::read(form, "email", input::email),
            password: Field::read(form, "password", input::something),
            problem: None,
        }
    }

    /// The status of the answer when something is wrong that can be seen without asking anybody.
    fn is_refused(&self) -> Option<StatusCode> {
        let is_good = [&self.username, &self.email, &self.password].iter().all(|field| field.is_good());
        let bad_field = (!is_good).then_some(StatusCode::UNPROCESSABLE_ENTITY);
        self.problem.map(Problem::status).or(bad_field)
    }

    fn attributes(&self) -> UserAttributes {
        UserAttributes {
            username: self.username.value.clone(),
            email: input::optional(&self.email.value),
            logins: None,
        }
    }

    /// Notes what was wrong beside its field; gives the error back when it was nothing in the form.
    fn refuse(&mut self, error: lucia::Error) -> Result<StatusCode, lucia::Error> {
        if error.is_taken() {
            self.username.refuse("Somebody has this user name. Please choose another one.");
            return Ok(StatusCode::CONFLICT);
        }
        let field = match error.invalid_input() {
            Some("password") => &mut self.password,
            Some("email") => &mut self.email,
            Some(_) => &mut self.username,
            None => return Err(error),
        };
        field.refuse(input::sentence(&error));
        Ok(StatusCode::UNPROCESSABLE_ENTITY)
    }

    fn page(&self, visitor: &Visitor) -> Page {
        let body = html! {
            (trouble(self.problem))
            form method="post" action="/sign-up" {
                (field("User name", "username", &USERNAME, Some("1 to 32 characters, no spaces"), &self.username))
                (field("E-mail (optional)", "email", &EMAIL, None, &self.email))
                (field("Password", "password", &NEW_PASSWORD, Some("At least 8 characters"), &self.password))
                button { "Sign up" }
            }
            p { "You have an account? " a href="/log-in" { "Log in" } "." }
        };
        Page::new("Sign up", body).for_visitor(visitor.as_ref())
    }
}
