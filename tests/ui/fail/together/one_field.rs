// rule: together/one_field
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(unique(a))]
//             ^
pub struct User {
    id: UserId,
    a: i64,
}

fn main() {}
