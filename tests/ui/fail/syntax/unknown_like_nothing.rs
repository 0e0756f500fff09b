// rule: syntax/unknown
// An attribute that nobody knows.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(encrypted)]
    //      ^^^^^^^^^
    pub email: String,
}

include!("../../app.rs");
app!(given: email; unique: email);
