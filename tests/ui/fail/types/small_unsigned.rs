// rule: types/instead
// The smallest numbers have 16 bits.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub age: Option<u8>,
    //              ^^
}

include!("../../app.rs");
app!(given: age; unique:);
