// rule: syntax/duplicate
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique, unique)]
    //              ^^^^^^
    pub name: String,
}

fn main() {}
