// rule: names/column
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(column = "")]
    //               ^^
    pub name: String,
}

fn main() {}
