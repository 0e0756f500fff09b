// rule: names/reserved_table
// Some names of tables are taken.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(key_table = "sqlite_key")]
//                  ^^^^^^^^^^^^
pub struct User {
    pub id: UserId,
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
