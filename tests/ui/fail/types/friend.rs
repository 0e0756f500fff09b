// rule: types/another_user
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub friend: UserId,
    //          ^^^^^^
}

fn main() {}
