// rule: defaults/infinite
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = 1e309)]
    //                ^^^^^
    pub x: f64,
}

fn main() {}
