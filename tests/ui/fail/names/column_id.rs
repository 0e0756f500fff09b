// rule: names/id_column
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(column = "ID")]
    //               ^^^^
    pub other: String,
}

fn main() {}
