// All mistakes of a struct are told in one compile.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(table = "users")]
pub struct User {
    pub id: UserId,
    #[lucia(uniqe)]
    pub username: String,
    #[lucia(max_length = 3)]
    pub logins: i32,
    pub age: u32,
    #[lucia(readonly)]
    pub level: i32,
}

fn main() {}
