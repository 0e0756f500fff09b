// rule: together/again
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(unique(a, b), unique(b, a))]
//                          ^^^^^^
pub struct User {
    id: UserId,
    a: i64,
    b: i64,
}

fn main() {}
