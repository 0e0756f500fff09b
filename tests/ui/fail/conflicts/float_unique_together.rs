// rule: conflicts/float_unique
// Nor are they together with others.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(unique(tenant, height))]
pub struct User {
    pub id: UserId,
    pub tenant: i64,
    pub height: f64,
    //  ^^^^^^
}

include!("../../app.rs");
app!(given: tenant, height; unique:; together: (tenant, height));
