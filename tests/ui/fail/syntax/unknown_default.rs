// rule: syntax/unknown
// The value behind a slip is read as that of the attribute that was meant.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(defualt = 0)]
    //      ^^^^^^^
    pub logins: i32,
}

include!("../../app.rs");
app!(given: logins; unique:);
