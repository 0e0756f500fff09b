// rule: attribute/variant_with_fields
// A variant is its name.
use lucia::{LuciaAttribute, LuciaUser, UserId};

#[derive(Clone, Debug, LuciaAttribute)]
pub enum Role {
    Member,
    Other(String),
    //   ^^^^^^^^
}

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(stored_as = String)]
    pub role: Role,
}

include!("../../app.rs");
app!(given: role; unique:);
