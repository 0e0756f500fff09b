// rule: access/create_without_required
// A required attribute is given at creation.
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

fn attributes() -> UserAttributes {
    UserAttributes { email: None }
//  ^^^^^^^^^^^^^^
}

fn main() {}
