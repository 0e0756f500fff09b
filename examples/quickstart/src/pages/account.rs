//! `/account`: what one can change about oneself.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use lucia::Auth;
use lucia::axum::AuthRequest;
use maud::html;

use super::widgets::{EMAIL, NEW_PASSWORD, PASSWORD, field, see_other, time, trouble};
use super::{Page, SignedIn};
use crate::error::Failure;
use crate::form::{Form, Problem};
use crate::input::{self, Field};
use crate::user::{self, User, UserChanges};

#[derive(Default)]
struct Account {
    email: Field,
    current: Field,
    new: Field,
    problem: Option<Problem>,
}

pub async fn show(signed_in: SignedIn) -> Page {
    Account::of(&signed_in.user).page(&signed_in)
}

pub async fn change_email(
    State(auth): State<Auth<User>>,
    signed_in: SignedIn,
    form: Form,
) -> Result<Response, Failure> {
    let mut input = Account::of(&signed_in.user).with_email(&form);
    if input.is_refused() {
        return Ok(input.refused(&signed_in));
    }
    let email = input::optional(&input.email.value);
    let changes = UserChanges { email: Some(email), ..UserChanges::default() };
    match auth.update_user(&signed_in.user.id, changes).await {
        Ok(_) => Ok(see_other("/account").into_response()),
        Err(error) if error.is_invalid_input() => {
            input.email.refuse(input::sentence(&error));
            Ok(input.refused(&signed_in))
        }
        Err(error) => Err(error.into()),
    }
}

pub async fn change_password(
    State(auth): State<Auth<User>>,
    signed_in: SignedIn,
    request: AuthRequest<User>,
    form: Form,
) -> Result<Response, Failure> {
    let mut input = Account::of(&signed_in.user).with_passwords(&form);
    if input.is_refused() {
        return Ok(input.refused(&signed_in));
    }
    let key = user::USERNAME.id(&signed_in.user.username)?;
    let [current, new] = [input.current.take_password(), input.new.take_password()];
    match auth.change_password(&key, &current, new).await {
        // All other sessions have ended; this one goes on under a new cookie.
        Ok(Some(session)) => {
            request.set_session(session).await?;
            return Ok(see_other("/account").into_response());
        }
        Ok(None) => input.current.refuse("This is not your current password."),
        Err(error) if error.is_invalid_input() => input.new.refuse(input::sentence(&error)),
        Err(error) => return Err(error.into()),
    }
    Ok(input.refused(&signed_in))
}

impl Account {
    fn of(user: &User) -> Self {
        Self { email: Field::holding(user.email.clone().unwrap_or_default()), ..Self::default() }
    }

    fn with_email(mut self, form: &Form) -> Self {
        self.problem = form.problem();
        if self.problem.is_none() {
            self.email = Field::read(form, "email", input::email);
            if !form.has("email") {
                self.email.refuse("Please fill this in, or leave it empty to have no address.");
            }
        }
        self
    }

    fn with_passwords(mut self, form: &Form) -> Self {
        self.problem = form.problem();
        if self.problem.is_none() {
            self.current = Field::read(form, "current", input::something);
            self.new = Field::read(form, "new", input::something);
        }
        self
    }

    fn is_refused(&self) -> bool {
        self.problem.is_some() || ![&self.email, &self.current, &self.new].iter().all(|field| field.is_good())
    }

    fn refused(&self, signed_in: &SignedIn) -> Response {
        let status = self.problem.map_or(StatusCode::UNPROCESSABLE_ENTITY, Problem::status);
        self.page(signed_in).with_status(status).into_response()
    }

    fn page(&self, signed_in: &SignedIn) -> Page {
        let user = &signed_in.user;
        let body = html! {
            p { "You are " strong.name { (user.username) } ", signed up since " (time(user.created_at.into())) "." }
            (trouble(self.problem))
            h2 { "E-mail" }
            form method="post" action="/account" {
                (field("E-mail (optional)", "email", &EMAIL, None, &self.email))
                button { "Save" }
            }
            h2 { "Password" }
            form method="post" action="/account/password" {
                (field("Current password", "current", &PASSWORD, None, &self.current))
                (field("New password", "new", &NEW_PASSWORD, Some("At least 8 characters"), &self.new))
                button { "Change password" }
                p.hint { "Everywhere else you will be signed out." }
            }
        };
        Page::new("Your account", body).for_visitor(Some(signed_in))
    }
}
