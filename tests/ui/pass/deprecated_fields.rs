#![deny(warnings)]

use lucia::{LuciaAttribute, LuciaUser, UserId};

#[derive(Clone, Debug, LuciaAttribute)]
pub enum Role {
    Member,
    #[deprecated = "there are none any more"]
    Guest,
}

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(stored_as = String, default = "member")]
    pub role: Role,
    #[deprecated = "nobody asks for it"]
    #[lucia(unique)]
    pub nickname: Option<String>,
}

fn main() {}
