// rule: syntax/unknown
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(primary_key)]
    //      ^^^^^^^^^^^
    pub name: String,
}

fn main() {}
