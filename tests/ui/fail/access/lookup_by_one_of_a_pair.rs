// rule: access/lookup_by_wrong_pair
// One of those that are unique together is not so alone.
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
    auth.user_by(auth_user::name, "Ada".to_owned()).await
    //           ^^^^^^^^^^^^^^^
}

include!("../../app.rs");
app!(given: username, tenant, name, email; unique: username; together: (tenant, name));
