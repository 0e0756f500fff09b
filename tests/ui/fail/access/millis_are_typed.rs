// rule: access/untyped_time
// An instant is no bare number.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique)]
    pub username: String,
    pub email: Option<String>,
    #[lucia(readonly, default = 0)]
    pub level: i32,
}

fn instant() -> lucia::UnixMillis {
    1_767_225_600_000_i64
//  ^^^^^^^^^^^^^^^^^^^^^
}

fn main() {}
