// rule: syntax/not_a_name
// Attributes have names.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia("unique")]
    //      ^^^^^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
