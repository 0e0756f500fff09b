// rule: shape/cfg
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[cfg_attr(unix, serde(skip), lucia(unique))]
    //               ^^^^^
    pub email: String,
}

fn main() {}
