// rule: access/change_readonly
// A read-only attribute cannot be changed.
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

fn wrong() -> UserChanges {
    UserChanges { level: Some(1), ..UserChanges::default() }
    //            ^^^^^
}

include!("../../app.rs");
app!(given: username, tenant, name, email; unique: username; together: (tenant, name));
