// rule: syntax/misplaced
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(max_length = 3)]
//      ^^^^^^^^^^
pub struct User {
    pub id: UserId,
}

fn main() {}
