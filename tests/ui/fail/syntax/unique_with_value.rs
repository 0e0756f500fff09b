// rule: syntax/malformed
// To be unique is a flag.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique = true)]
    //               ^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique: username);
