// rule: conflicts/json_keyed
// Nor is it together with others.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(unique(tenant, settings))]
pub struct User {
    pub id: UserId,
    pub tenant: i64,
    #[lucia(stored_as = Json)]
    pub settings: Vec<String>,
    //  ^^^^^^^^
}

include!("../../app.rs");
app!(given: tenant, settings; unique:; together: (tenant, settings));
