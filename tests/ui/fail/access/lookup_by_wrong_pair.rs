// rule: access/lookup_by_wrong_pair
use lucia::{Auth, LuciaUser, Result, UserId};

#[derive(LuciaUser)]
#[lucia(unique(tenant, name))]
pub struct User {
    pub id: UserId,
    pub tenant: i64,
    pub name: String,
}

pub async fn look_up(auth: Auth<User>) -> Result<()> {
    let _ = auth.user_by((auth_user::name, auth_user::tenant), ("ada".to_owned(), 1)).await?;
    //                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    Ok(())
}

fn main() {}
