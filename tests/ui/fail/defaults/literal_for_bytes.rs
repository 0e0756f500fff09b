// rule: defaults/no_literal
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = "")]
    //                ^^
    pub data: Vec<u8>,
}

fn main() {}
