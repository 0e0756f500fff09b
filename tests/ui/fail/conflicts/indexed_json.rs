// rule: conflicts/json_keyed
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(index)]
    //      ^^^^^
    pub a: serde_json::Value,
}

fn main() {}
