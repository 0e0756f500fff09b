// rule: conflicts/json_keyed
// JSON has no index.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(index)]
    //      ^^^^^
    pub settings: serde_json::Value,
}

include!("../../app.rs");
app!(given: settings; unique:);
