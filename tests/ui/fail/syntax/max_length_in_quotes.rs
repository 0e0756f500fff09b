// rule: syntax/malformed
// A length is a number.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(max_length = "32")]
    //                   ^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
