// rule: syntax/misplaced
// What is said of a variant stands above it.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(rename = "name")]
    //      ^^^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
