// rule: syntax/needs
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(postgres = "TEXT")]
    //      ^^^^^^^^
    pub name: String,
}

fn main() {}
