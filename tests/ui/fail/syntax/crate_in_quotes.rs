// rule: syntax/quoted_path
// A path is written without quotes.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(crate = "lucia")]
//              ^^^^^^^
pub struct User {
    pub id: UserId,
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
