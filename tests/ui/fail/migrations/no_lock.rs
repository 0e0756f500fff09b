// rule: migrations/no_lock
// What the migrations lead to is said by a file beside them.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(migrations = "migrations")]
//                   ^^^^^^^^^^^^
pub struct User {
    pub id: UserId,
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
