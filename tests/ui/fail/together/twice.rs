// rule: together/field_twice
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(unique(a, a, b))]
//                ^
pub struct User {
    id: UserId,
    a: i64,
    b: i64,
}

fn main() {}
