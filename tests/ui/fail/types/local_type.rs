// rule: types/spelled_otherwise
use lucia::{Auth, LuciaUser, Result, UserId};

// Neither `Clone` nor `Debug`, as one writes it in a hurry.
pub struct String;

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique)]
    pub name: String,
    //        ^^^^^^
    #[lucia(default = 0)]
    pub logins: i32,
}

pub async fn look_up(auth: Auth<User>) -> Result<()> {
    auth.user_by(auth_user::name, "ada").await?;
    Ok(())
}

fn main() {}
