// rule: defaults/too_long
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(max_length = 3, default = "äöüß")]
    //                                ^^^^^^
    pub name: String,
}

fn main() {}
