// rule: renames/from_itself
// Nor is a table.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(renamed_from = "auth_user")]
//                     ^^^^^^^^^^^
pub struct User {
    pub id: UserId,
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
