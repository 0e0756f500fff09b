// rule: syntax/malformed
// A column is named by a text.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(column = nick)]
    //               ^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
