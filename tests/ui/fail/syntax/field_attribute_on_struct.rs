// rule: syntax/misplaced
// What is said of a field stands above it.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(index)]
//      ^^^^^
pub struct User {
    pub id: UserId,
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
