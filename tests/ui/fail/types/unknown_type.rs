// rule: types/unsupported
use lucia::{LuciaUser, UserId};

pub struct Role;

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub role: Role,
    //        ^^^^
}

fn main() {}
