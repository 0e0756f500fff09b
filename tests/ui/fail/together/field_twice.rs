// rule: together/field_twice
// Nothing is together with itself.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(unique(tenant, name, name))]
//                           ^^^^
pub struct User {
    pub id: UserId,
    pub tenant: i64,
    pub name: String,
}

include!("../../app.rs");
app!(given: tenant, name; unique:; together: (tenant, name));
