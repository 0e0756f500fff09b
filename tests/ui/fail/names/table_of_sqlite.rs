// rule: names/reserved_table
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(key_table = "sqlite_key")]
//                  ^^^^^^^^^^^^
pub struct User {
    id: UserId,
}

fn main() {}
