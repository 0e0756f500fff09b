// rule: access/serialized_secret
// A key's row cannot be serialized: it holds the hash.
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

fn json(key: &lucia::StoredKey) -> String {
    serde_json::to_string(key).unwrap_or_default()
    //                    ^^^
}

fn main() {}
