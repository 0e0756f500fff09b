// rule: names/table
// A table's name needs no quoting.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(user_table = "my users")]
//                   ^^^^^^^^^^
pub struct User {
    pub id: UserId,
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
