// rule: syntax/relative_path
// `self` is no root.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(crate = self::lucia)]
//              ^^^^^^^^^^^
pub struct User {
    pub id: UserId,
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
