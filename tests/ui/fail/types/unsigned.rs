// rule: types/instead
// A type is one that all databases keep.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub age: u32,
    //       ^^^
}

include!("../../app.rs");
app!(given: age; unique:);
