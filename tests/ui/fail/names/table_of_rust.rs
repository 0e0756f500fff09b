// rule: names/reserved_table
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(key_table = "crate")]
//                  ^^^^^^^
pub struct User {
    id: UserId,
}

fn main() {}
