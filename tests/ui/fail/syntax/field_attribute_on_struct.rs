// rule: syntax/misplaced
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(index)]
//      ^^^^^
pub struct User {
    id: UserId,
}

fn main() {}
