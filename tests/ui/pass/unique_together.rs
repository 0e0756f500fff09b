use lucia::{Auth, LuciaUser, Result, UserId};

#[derive(LuciaUser)]
#[lucia(unique(tenant, name), unique(r#type, nick))]
pub struct User {
    pub id: UserId,
    pub tenant: i64,
    pub name: String,
    pub r#type: i32,
    pub nick: Option<String>,
}

async fn look_up(auth: Auth<User>) -> Result<()> {
    auth.user_by((auth_user::tenant, auth_user::name), (1, "ada".to_owned())).await?;
    auth.user_by((auth_user::r#type, auth_user::nick), (1, "al".to_owned())).await?;
    Ok(())
}

fn main() {
    let _ = look_up;
}
