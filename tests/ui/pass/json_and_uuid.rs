use lucia::{LuciaUser, UserId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Settings {
    theme: String,
}

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(stored_as = Json)]
    settings: Settings,
    #[lucia(stored_as = Json)]
    tags: Option<Vec<String>>,
    anything: serde_json::Value,
    #[lucia(unique)]
    tag: Uuid,
    other: Option<uuid::Uuid>,
}

fn main() {
    let _ = |user: User| (user.settings.theme, user.tags, user.anything, user.tag, user.other);
}
