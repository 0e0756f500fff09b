// rule: access/set_with_another_type
use lucia::{Auth, LuciaUser, Result, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub name: String,
}

pub async fn rename(auth: Auth<User>, id: UserId) -> Result<User> {
    auth.set_attribute(&id, auth_user::name, 7).await
    //                                       ^
}

fn main() {}
