// rule: names/same_table
// The three tables are three.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(session_table = "auth_user")]
//                      ^^^^^^^^^^^
pub struct User {
    pub id: UserId,
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
