// rule: access/set_readonly
use lucia::{Auth, LuciaUser, Result, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(readonly, default = 1)]
    pub level: i32,
    pub name: String,
}

pub async fn promote(auth: Auth<User>, id: UserId) -> Result<User> {
    auth.set_attribute(&id, auth_user::level, 2).await
    //                      ^^^^^^^^^^^^^^^^
}

fn main() {}
