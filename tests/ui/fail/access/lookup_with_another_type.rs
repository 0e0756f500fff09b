// rule: access/lookup_with_another_type
// A look-up takes a value of its attribute's type.
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
    auth.user_by(auth_user::username, 7).await
    //                                ^
}

include!("../../app.rs");
app!(given: username, tenant, name, email; unique: username; together: (tenant, name));
