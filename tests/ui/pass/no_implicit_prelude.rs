#![no_implicit_prelude]

use ::lucia::{LuciaAttribute, LuciaUser, UserId};
use ::std::clone::Clone;
use ::std::fmt::Debug;
use ::std::option::Option;
use ::std::string::String;

#[derive(Clone, Debug, LuciaAttribute)]
pub enum Role {
    Member,
}

#[derive(LuciaUser)]
#[lucia(unique(tenant, role))]
pub struct User {
    pub id: UserId,
    #[lucia(unique(nocase))]
    pub name: String,
    pub email: Option<String>,
    #[lucia(default = 0)]
    pub tenant: i64,
    #[lucia(stored_as = String)]
    pub role: Role,
}

fn main() {}
