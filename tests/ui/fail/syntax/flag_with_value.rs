// rule: syntax/malformed
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique = true)]
    //               ^^^^
    pub name: String,
}

fn main() {}
