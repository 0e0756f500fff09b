// rule: conflicts/float_unique
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(unique(a, b))]
pub struct User {
    id: UserId,
    a: f64,
//  ^
    b: i32,
}

fn main() {}
