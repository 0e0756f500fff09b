use lucia::{LuciaUser, UserId};

#[derive(Clone, Debug, PartialEq, serde::Serialize, LuciaUser)]
#[serde(rename_all = "camelCase")]
pub struct User {
    #[serde(skip)]
    pub id: UserId,
    #[serde(rename = "login")]
    #[lucia(unique)]
    pub username: String,
}

fn main() {}
