// rule: syntax/malformed
// A type is written without quotes.
use lucia::{LuciaUser, UserId};

#[derive(Clone, Debug)]
pub enum Role {
    Member,
    Admin,
}

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(stored_as = "String")]
    //                  ^^^^^^^^
    pub role: Role,
}

include!("../../app.rs");
app!(given: role; unique:);
