//! A user for the cases, who belongs to another crate than they.
#![forbid(unsafe_code)]
#![allow(missing_docs, clippy::allow_attributes, reason = "only the cases read it")]

use lucia::{LuciaUser, UserId};

#[derive(Clone, Debug, LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique)]
    pub username: String,
    pub email: Option<String>,
    #[lucia(default = 0)]
    pub logins: i32,
}
