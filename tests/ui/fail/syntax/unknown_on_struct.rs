// rule: syntax/unknown
// The attributes of a struct are those of the table, too.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(users_table = "member")]
//      ^^^^^^^^^^^
pub struct User {
    pub id: UserId,
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
