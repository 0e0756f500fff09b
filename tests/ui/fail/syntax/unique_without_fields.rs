// rule: syntax/malformed
// Above a struct `unique` names fields.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(unique)]
//      ^^^^^^
pub struct User {
    pub id: UserId,
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
