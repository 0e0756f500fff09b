// rule: shape/generics
// A user is no generic struct.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User<T> {
//             ^^^
    pub id: UserId,
    pub data: T,
}

fn main() {}
