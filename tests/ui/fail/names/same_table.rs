// rule: names/same_table
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(session_table = "Auth_User")]
//                      ^^^^^^^^^^^
pub struct User {
    id: UserId,
}

fn main() {}
