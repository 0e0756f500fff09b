// rule: syntax/misplaced
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(user_table = "u")]
    //      ^^^^^^^^^^
    pub name: String,
}

fn main() {}
