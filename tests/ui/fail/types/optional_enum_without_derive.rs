// rule: types/not_stored_as
// An optional enum derives it, too.
use lucia::{LuciaUser, UserId};

#[derive(Clone, Debug)]
pub enum Role {
    Member,
    Admin,
}

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(stored_as = String)]
    pub role: Option<Role>,
    //        ^^^^^^^^^^^^
}

include!("../../app.rs");
app!(given: role; unique:);
