// rule: types/instead
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub age: Option<u8>,
    //              ^^
}

fn main() {}
