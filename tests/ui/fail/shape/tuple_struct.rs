// rule: shape/not_a_struct
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User(UserId);
//             ^^^^^^^^

fn main() {}
