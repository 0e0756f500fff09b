// rule: together/one_field
// One is not together.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(unique(name))]
//             ^^^^
pub struct User {
    pub id: UserId,
    pub tenant: i64,
    pub name: String,
}

include!("../../app.rs");
app!(given: tenant, name; unique: name);
