// rule: syntax/duplicate
// An attribute is given once, in however many lists.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(max_length = 32)]
    #[lucia(max_length = 64)]
    //      ^^^^^^^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
