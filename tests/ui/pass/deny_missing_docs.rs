//! A crate that documents everything.
#![deny(missing_docs, missing_debug_implementations, unreachable_pub, unused_qualifications, warnings)]

use lucia::{LuciaUser, UserId};

/// A user.
#[derive(Debug, LuciaUser)]
pub struct User {
    /// The id.
    pub id: UserId,
    /// The name.
    #[lucia(unique)]
    pub username: String,
    pub(crate) email: Option<String>,
}

/// Runs.
pub fn main() {
    let _ = |user: User| user.email;
}
