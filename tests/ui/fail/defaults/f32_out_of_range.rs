// rule: defaults/infinite
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = 1e39)]
    //                ^^^^
    pub x: f32,
}

fn main() {}
