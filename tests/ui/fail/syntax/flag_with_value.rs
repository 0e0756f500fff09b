// rule: syntax/malformed
// A flag has no value.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(readonly = true, default = 0)]
    //                 ^^^^
    pub logins: i32,
}

include!("../../app.rs");
app!(given:; unique:);
