// rule: defaults/control_character
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = "a\0")]
    //                ^^^^^
    pub name: String,
}

fn main() {}
