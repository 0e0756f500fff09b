// rule: together/again
// What is unique together is so in any order.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(unique(tenant, name), unique(name, tenant))]
//                                  ^^^^^^^^^^^^^^
pub struct User {
    pub id: UserId,
    pub tenant: i64,
    pub name: String,
}

include!("../../app.rs");
app!(given: tenant, name; unique:; together: (tenant, name));
