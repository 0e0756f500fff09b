#![deny(missing_docs)]
//! A crate that documents what it likes.

use lucia::{LuciaUser, UserId};

/** A user,
over several lines. */
#[derive(LuciaUser)]
#[doc = "And more."]
pub struct User {
    /// The id.
    pub id: UserId,
    /// The name, with `code`, "quotes" and a \ backslash.
    #[doc(alias = "login")]
    pub name: String,
}

/// Runs.
pub fn main() {}
