// rule: access/lookup_with_another_type
// A look-up takes a value of its attribute's type.
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
    let _ = auth.user_by(auth_user::username, 7).await;
    //                                        ^
}

fn main() {}
