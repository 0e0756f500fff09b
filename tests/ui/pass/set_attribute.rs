use lucia::{Auth, LuciaUser, Result, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub name: String,
    pub email: Option<String>,
}

async fn change(auth: Auth<User>, id: UserId) -> Result<()> {
    auth.set_attribute(&id, auth_user::name, "ada".to_owned()).await?;
    auth.set_attribute(&id, auth_user::email, None).await?;
    Ok(())
}

fn main() {
    let _ = change;
}
