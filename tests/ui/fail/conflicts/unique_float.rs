// rule: conflicts/float_unique
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique)]
    //      ^^^^^^
    pub score: f64,
}

fn main() {}
