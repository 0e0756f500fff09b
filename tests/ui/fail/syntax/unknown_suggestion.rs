// rule: syntax/unknown
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(uniqe)]
    //      ^^^^^
    pub name: String,
}

fn main() {}
