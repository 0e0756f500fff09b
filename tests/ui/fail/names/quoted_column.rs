// rule: names/column
// A column's name needs no quoting.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(column = "nick-name")]
    //               ^^^^^^^^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
