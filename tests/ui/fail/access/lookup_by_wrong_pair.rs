// rule: access/lookup_by_wrong_pair
// What is unique together looks a user up together, in that order.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(unique(tenant, name))]
pub struct User {
    pub id: UserId,
    #[lucia(unique)]
    pub username: String,
    pub tenant: i64,
    pub name: String,
    pub email: Option<String>,
    #[lucia(readonly, default = 0)]
    pub level: i32,
}

async fn wrong(auth: &lucia::Auth<User>) -> lucia::Result<Option<User>> {
    auth.user_by((auth_user::name, auth_user::tenant), ("Ada".to_owned(), 1)).await
    //           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
}

include!("../../app.rs");
app!(given: username, tenant, name, email; unique: username; together: (tenant, name));
