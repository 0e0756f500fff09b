use lucia::{Auth, Result, UserId};
use lucia_ui_tests::{User, UserAttributes, auth_user};

async fn look_up(auth: Auth<User>, id: UserId) -> Result<User> {
    auth.create_user(None, UserAttributes { username: "ada".to_owned(), email: None, logins: None }).await?;
    auth.user_by(auth_user::username, "ada").await?;
    auth.set_attribute(&id, auth_user::logins, 1).await
}

fn main() {
    let _ = look_up;
}
