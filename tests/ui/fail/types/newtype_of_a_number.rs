// rule: types/not_stored_as
use lucia::{LuciaAttribute, LuciaUser, UserId};

#[derive(Clone, Debug, LuciaAttribute)]
pub struct Level(i64);

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(stored_as = i32)]
    pub level: Level,
    //         ^^^^^
}

fn main() {}
