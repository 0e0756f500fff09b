// rule: names/table
// So it is with the other tables.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(session_table = "1st")]
//                      ^^^^^
pub struct User {
    pub id: UserId,
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
