// rule: names/same_column
// No two attributes share a column.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub email: String,
    #[lucia(column = "Email")]
    //               ^^^^^^^
    pub other: String,
}

include!("../../app.rs");
app!(given: email, other; unique:);
