// rule: syntax/unknown
// Where nothing similar is known there is an example.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(primary_key)]
    //      ^^^^^^^^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
