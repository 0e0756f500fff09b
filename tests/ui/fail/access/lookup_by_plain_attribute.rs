// rule: access/lookup_by_plain_attribute
// Only a unique attribute looks a user up.
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

async fn app(auth: &lucia::Auth<User>) {
    let _ = auth.user_by(auth_user::email, "ada@example.com".to_owned()).await;
    //                   ^^^^^^^^^^^^^^^^
}

fn main() {}
