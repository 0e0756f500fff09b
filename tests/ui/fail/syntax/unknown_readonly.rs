// rule: syntax/unknown
// A slip changes nothing about what the struct is meant to be.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(raedonly, default = 0)]
    //      ^^^^^^^^
    pub logins: i32,
}

include!("../../app.rs");
app!(given:; unique:);
