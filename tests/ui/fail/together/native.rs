// rule: together/native
// What the database knows alone the database compares alone.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(unique(tenant, name))]
//                     ^^^^
pub struct User {
    pub id: UserId,
    pub tenant: i64,
    #[lucia(sql_type = Text, sqlite = "TEXT")]
    pub name: String,
}

include!("../../app.rs");
app!(given: tenant, name; unique:; together: (tenant, name));
