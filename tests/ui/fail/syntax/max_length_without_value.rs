// rule: syntax/malformed
// A length is given.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(max_length)]
    //      ^^^^^^^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
