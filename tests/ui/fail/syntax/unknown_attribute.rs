// rule: syntax/unknown
// Attributes are those of the table; a slip is met with a suggestion.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(uniqe)]
    //      ^^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique: username);
