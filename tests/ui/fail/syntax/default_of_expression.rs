// rule: syntax/malformed
// A default is a literal.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = 1 + 1)]
    //                ^^^^^
    pub logins: i32,
}

include!("../../app.rs");
app!(given: logins; unique:);
