// rule: access/create_without_required
// A required attribute is given at creation.
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

fn wrong() -> UserAttributes {
    UserAttributes { tenant: 1, name: "Ada".to_owned(), email: None }
  //^^^^^^^^^^^^^^
}

include!("../../app.rs");
app!(given: username, tenant, name, email; unique: username; together: (tenant, name));
