//! Pieces of forms.

use axum::response::Redirect;
use lucia::UnixMillis;
use maud::{Markup, html};

use crate::form::Problem;
use crate::input::Field;

/// What an input is for, as the browser has to know it.
pub struct Kind {
    input: &'static str,
    autocomplete: &'static str,
    mode: Option<&'static str>,
    required: bool,
}

/// A name to log in with.
pub const USERNAME: Kind = Kind { input: "text", autocomplete: "username", mode: None, required: true };
/// An address, or nothing.
pub const EMAIL: Kind = Kind { input: "text", autocomplete: "email", mode: Some("email"), required: false };
/// A password that there is already.
pub const PASSWORD: Kind =
    Kind { input: "password", autocomplete: "current-password", mode: None, required: true };
/// A password to be.
pub const NEW_PASSWORD: Kind =
    Kind { input: "password", autocomplete: "new-password", mode: None, required: true };

/// A labelled input, with what is wrong with it beside it.
pub fn field(label: &str, name: &str, kind: &Kind, hint: Option<&str>, field: &Field) -> Markup {
    let error_id = field.error.as_ref().map(|_| format!("{name}-error"));
    let hint_id = hint.map(|_| format!("{name}-hint"));
    let described_by =
        [error_id.as_deref(), hint_id.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let described_by = (!described_by.is_empty()).then_some(described_by);
    let is_password = kind.input == "password";
    html! {
        div.field {
            label for=(name) { (label) }
            input id=(name) name=(name) type=(kind.input) autocomplete=(kind.autocomplete) inputmode=[kind.mode]
                autocapitalize="none" spellcheck="false" required[kind.required]
                value=[(!is_password).then_some(&field.value)]
                aria-invalid=[error_id.as_ref().map(|_| "true")] aria-describedby=[described_by];
            @if let Some(hint) = hint { span.hint id=[hint_id] { (hint) } }
            @if let Some(error) = &field.error { p.error id=[error_id] { (error) } }
        }
    }
}

/// What is wrong with a form as a whole.
pub fn trouble(problem: Option<Problem>) -> Markup {
    html! { @if let Some(problem) = problem { (alert(problem.advice())) } }
}

/// What is wrong with more than one field.
pub fn alert(text: &str) -> Markup {
    html! { p.error role="alert" { (text) } }
}

/// An instant, as people and programs read it.
pub fn time(instant: UnixMillis) -> Markup {
    html! { time datetime=(instant) { (shown(instant)) } }
}

/// An instant, as people read it.
pub fn shown(instant: UnixMillis) -> String {
    instant
        .to_datetime()
        .map_or_else(|| instant.to_string(), |time| time.format("%-d %B %Y, %H:%M UTC").to_string())
}

/// On to another page after a form was taken.
pub fn see_other(path: &str) -> Redirect {
    Redirect::to(path)
}
