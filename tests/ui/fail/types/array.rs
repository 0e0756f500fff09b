// rule: types/instead
// Bytes are a `Vec`.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub digest: [u8; 32],
    //          ^^^^^^^^
}

include!("../../app.rs");
app!(given: digest; unique:);
