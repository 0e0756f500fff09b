// rule: shape/generics
// A user borrows nothing.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User<'a> {
//             ^^^^
    pub id: UserId,
    pub username: &'a str,
}

fn main() {}
