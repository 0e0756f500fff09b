// rule: syntax/malformed
// A default is written out.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default)]
    //      ^^^^^^^
    pub is_admin: bool,
}

include!("../../app.rs");
app!(given: is_admin; unique:);
