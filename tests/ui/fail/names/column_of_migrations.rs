// rule: names/reserved_column
// Migrations name columns, too.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(column = "__new_a")]
    //               ^^^^^^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
