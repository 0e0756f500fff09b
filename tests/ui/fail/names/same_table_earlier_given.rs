// rule: names/same_table
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(user_table = "auth_key")]
//                   ^^^^^^^^^^
pub struct User {
    id: UserId,
}

fn main() {}
