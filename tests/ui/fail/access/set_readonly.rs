// rule: access/set_readonly
// A read-only attribute cannot be set.
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

async fn wrong(auth: &lucia::Auth<User>, id: &UserId) -> lucia::Result<User> {
    auth.set_attribute(id, auth_user::level, 1).await
    //                     ^^^^^^^^^^^^^^^^
}

include!("../../app.rs");
app!(given: username, tenant, name, email; unique: username; together: (tenant, name));
