// rule: syntax/malformed
// A flag has no list.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(index(nocase))]
    //           ^^^^^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
