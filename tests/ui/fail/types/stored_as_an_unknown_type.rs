// rule: types/stored_as
use lucia::{LuciaUser, UserId};

pub struct Role;

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(stored_as = Role)]
    //                  ^^^^
    pub role: Role,
}

fn main() {}
