// rule: shape/id_of_another_crate
use lucia::LuciaUser;

pub struct UserId;

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    //      ^^^^^^
    #[lucia(unique)]
    pub name: String,
}

pub async fn look_up(auth: lucia::Auth<User>) -> lucia::Result<()> {
    auth.user_by(auth_user::name, "ada").await?;
    Ok(())
}

fn main() {}
