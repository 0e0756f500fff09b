// rule: syntax/duplicate
// An attribute is given once.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique, unique)]
    //              ^^^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique: username);
