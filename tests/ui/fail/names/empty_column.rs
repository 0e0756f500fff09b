// rule: names/column
// A column has a name.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(column = "")]
    //               ^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
