// rule: names/id_column
// The id has its column for itself.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(column = "ID")]
    //               ^^^^
    pub number: i64,
}

include!("../../app.rs");
app!(given: number; unique:);
