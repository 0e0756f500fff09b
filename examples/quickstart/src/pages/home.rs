//! `/`: who is there.

use maud::html;

use super::{Page, Visitor};

pub async fn show(visitor: Visitor) -> Page {
    let body = html! {
        @if let Some(signed_in) = &visitor {
            p { "You are signed in as " strong.name { (signed_in.user.username) } "." }
            p { a href="/account" { "Your account" } " · " a href="/sessions" { "Where you are signed in" } }
        } @else {
            p { "You are not signed in." }
            p { a href="/sign-up" { "Sign up" } " or " a href="/log-in" { "log in" } "." }
        }
    };
    Page::new("Welcome", body).for_visitor(visitor.as_ref())
}
