// rule: together/unknown_field
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(unique(a, b))]
//                ^
pub struct User {
    id: UserId,
    a: i64,
}

fn main() {}
