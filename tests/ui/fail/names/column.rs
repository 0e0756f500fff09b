// rule: names/column
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(column = "nick-name")]
    //               ^^^^^^^^^^^
    pub name: String,
}

fn main() {}
