// rule: types/spelled_otherwise
// A type is what its spelling says, and no alias of another one.
use lucia::{LuciaUser, UserId};

type String = i64;

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub username: String,
    //            ^^^^^^
}

include!("../../app.rs");
app!(given: username; unique:);
