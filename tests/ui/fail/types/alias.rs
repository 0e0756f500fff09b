// rule: types/spelled_otherwise
use lucia::{Auth, LuciaUser, Result, UserId};

type String = i64;

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub name: Option<String>,
    //        ^^^^^^^^^^^^^^
}

pub async fn sign_up(auth: Auth<User>) -> Result<User> {
    auth.create_user(None, UserAttributes { name: Some(1) }).await
}

fn main() {}
