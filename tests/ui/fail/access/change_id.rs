// rule: access/change_id
// The id cannot be changed.
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

fn changes(id: UserId) -> UserChanges {
    UserChanges { id: Some(id), ..UserChanges::default() }
    //            ^^
}

fn main() {}
