// rule: attribute/same_text
// Variants are told apart by their texts.
use lucia::{LuciaAttribute, LuciaUser, UserId};

#[derive(Clone, Debug, LuciaAttribute)]
pub enum Role {
    Admin,
    #[lucia(rename = "admin")]
    //               ^^^^^^^
    Root,
}

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(stored_as = String)]
    pub role: Role,
}

include!("../../app.rs");
app!(given: role; unique:);
