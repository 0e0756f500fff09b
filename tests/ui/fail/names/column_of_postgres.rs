// rule: names/reserved_column
// Some names of columns are taken.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(column = "ctid")]
    //               ^^^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
