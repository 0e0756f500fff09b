// rule: types/not_stored_as
use lucia::{Auth, LuciaUser, Result, UserId};

pub enum Role {
    Member,
}

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(stored_as = String, unique)]
    pub role: Role,
    //        ^^^^
}

pub async fn look_up(auth: Auth<User>) -> Result<()> {
    auth.user_by(auth_user::role, Role::Member).await?;
    Ok(())
}

fn main() {}
