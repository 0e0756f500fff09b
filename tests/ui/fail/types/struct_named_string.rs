// rule: types/spelled_otherwise
// A struct of the app's is not the type that it is named after.
use lucia::{LuciaUser, UserId};

pub struct String;

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique)]
    pub username: String,
    //            ^^^^^^
}

include!("../../app.rs");
app!(given: username; unique: username);
