// rule: defaults/no_literal
// Bytes have no default.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = "")]
    //                ^^
    pub digest: Vec<u8>,
}

include!("../../app.rs");
app!(given: digest; unique:);
