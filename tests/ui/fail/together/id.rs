// rule: together/unknown_field
// The id is unique alone.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(unique(id, name))]
//             ^^
pub struct User {
    pub id: UserId,
    pub tenant: i64,
    pub name: String,
}

include!("../../app.rs");
app!(given: tenant, name; unique:);
