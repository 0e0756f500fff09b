// rule: syntax/misplaced
// What is said of the struct stands above it.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(user_table = "member")]
    //      ^^^^^^^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
