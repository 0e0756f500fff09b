// rule: names/same_table
// Whichever of the three was named.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(user_table = "auth_key")]
//                   ^^^^^^^^^^
pub struct User {
    pub id: UserId,
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
