// rule: defaults/now
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = now)]
    //                ^^^
    pub at: i64,
}

fn main() {}
