// rule: syntax/malformed
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(index(nocase))]
    //           ^^^^^^^^
    pub name: String,
}

fn main() {}
