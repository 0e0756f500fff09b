// rule: syntax/malformed
// One word may follow `unique`.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique(case))]
    //            ^^^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique: username);
