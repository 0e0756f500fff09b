// rule: types/another_user
// Only the id is a `UserId`.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub invited_by: UserId,
    //              ^^^^^^
}

include!("../../app.rs");
app!(given: invited_by; unique:);
