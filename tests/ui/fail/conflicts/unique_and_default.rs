// rule: conflicts/combined
// Two users cannot have one unique default.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique, default = "ada")]
    //              ^^^^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique: username);
