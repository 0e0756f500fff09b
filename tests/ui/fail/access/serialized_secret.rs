// rule: access/serialized_secret
// A key's row cannot be serialized: it holds the hash.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(unique(tenant, name))]
pub struct User {
    pub id: UserId,
    #[lucia(unique)]
    pub username: String,
    pub tenant: i64,
    pub name: String,
    pub email: Option<String>,
    #[lucia(readonly, default = 0)]
    pub level: i32,
}

fn wrong(key: &lucia::StoredKey) -> String {
    serde_json::to_string(key).unwrap_or_default()
    //                    ^^^
}

include!("../../app.rs");
app!(given: username, tenant, name, email; unique: username; together: (tenant, name));
