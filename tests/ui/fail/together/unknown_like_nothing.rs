// rule: together/unknown_field
// Where nothing similar is known there is an example.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(unique(tenant, email))]
//                     ^^^^^
pub struct User {
    pub id: UserId,
    pub tenant: i64,
    pub name: String,
}

include!("../../app.rs");
app!(given: tenant, name; unique:);
