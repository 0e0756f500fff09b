// rule: types/instead
// A user owns its attributes.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub username: &'static str,
    //            ^^^^^^^^^^^^
}

include!("../../app.rs");
app!(given: username; unique:);
