// rule: syntax/duplicate
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(max_length = 3)]
    #[lucia(max_length = 4)]
    //      ^^^^^^^^^^
    pub name: String,
}

fn main() {}
