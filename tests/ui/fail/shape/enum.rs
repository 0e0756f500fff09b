// rule: shape/not_a_struct
use lucia::LuciaUser;

#[derive(LuciaUser)]
pub enum User {
//  ^^^^
    A,
}

fn main() {}
