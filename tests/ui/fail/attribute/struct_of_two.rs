// rule: attribute/not_an_attribute
// What is stored in a column is one value.
use lucia::{LuciaAttribute, LuciaUser, UserId};

#[derive(Clone, Debug, LuciaAttribute)]
pub struct Role(String, i64);
//             ^^^^^^^^^^^^^

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(stored_as = String)]
    pub role: Role,
}

include!("../../app.rs");
app!(given: role; unique:);
