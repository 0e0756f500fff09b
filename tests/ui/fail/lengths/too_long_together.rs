// rule: lengths/together_too_long
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(unique(a, b, c))]
//            ^^^^^^^^^
pub struct User {
    id: UserId,
    a: String,
    b: String,
    c: String,
}

fn main() {}
