// rule: lengths/not_for_type
// A length belongs to text and bytes.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(max_length = 3)]
    //      ^^^^^^^^^^
    pub logins: i32,
}

include!("../../app.rs");
app!(given: logins; unique:);
