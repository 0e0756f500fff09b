//! The columns of the tables are in scope where the struct is, as some people have them.
#![allow(unused_imports)]

use lucia::{LuciaUser, UserId};

use self::auth_key::dsl::*;
use self::auth_session::dsl::*;
use self::auth_user::dsl::*;

#[derive(Clone, Debug, LuciaUser)]
#[lucia(unique(username, level))]
pub struct User {
    pub id: UserId,
    #[lucia(unique(nocase), max_length = 32)]
    pub username: String,
    #[lucia(default = 3)]
    pub level: i64,
    pub value: bool,
    pub values: i16,
    pub now: i32,
    pub changes: String,
    pub attributes: String,
}

fn main() {}
