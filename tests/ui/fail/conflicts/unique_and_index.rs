// rule: conflicts/combined
// What is unique has an index.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique, index)]
    //              ^^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique: username);
