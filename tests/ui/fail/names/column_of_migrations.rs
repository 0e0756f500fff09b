// rule: names/reserved_column
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(column = "__new_a")]
    //               ^^^^^^^^^
    pub name: String,
}

fn main() {}
