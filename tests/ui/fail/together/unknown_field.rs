// rule: together/unknown_field
// What is unique together are fields; a slip is met with a suggestion.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(unique(tenant, nmae))]
//                     ^^^^
pub struct User {
    pub id: UserId,
    pub tenant: i64,
    pub name: String,
}

include!("../../app.rs");
app!(given: tenant, name; unique:; together: (tenant, name));
