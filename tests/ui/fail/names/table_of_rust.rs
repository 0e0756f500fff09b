// rule: names/reserved_table
// A table is a module, too.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(key_table = "crate")]
//                  ^^^^^^^
pub struct User {
    pub id: UserId,
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
