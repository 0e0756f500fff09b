// rule: names/table
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(user_table = "my users")]
//                   ^^^^^^^^^^
pub struct User {
    id: UserId,
}

fn main() {}
