// rule: access/change_readonly
// A read-only attribute cannot be changed.
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

fn changes() -> UserChanges {
    UserChanges { level: Some(1), ..UserChanges::default() }
    //            ^^^^^
}

fn main() {}
