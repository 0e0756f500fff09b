// rule: types/unsupported
// So does an optional one.
use lucia::{LuciaUser, UserId};

#[derive(Clone, Debug)]
pub enum Role {
    Member,
    Admin,
}

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub role: Option<Role>,
    //               ^^^^
}

include!("../../app.rs");
app!(given: role; unique:);
