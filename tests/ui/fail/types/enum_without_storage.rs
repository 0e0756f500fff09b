// rule: types/unsupported
// The field of an enum says how it is stored.
use lucia::{LuciaUser, UserId};

#[derive(Clone, Debug)]
pub enum Role {
    Member,
    Admin,
}

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub role: Role,
    //        ^^^^
}

include!("../../app.rs");
app!(given: role; unique:);
