// rule: shape/id_type
// No user is without an id.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: Option<UserId>,
    //      ^^^^^^^^^^^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
