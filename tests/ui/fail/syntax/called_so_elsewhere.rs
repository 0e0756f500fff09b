// rule: syntax/unknown
// What other libraries call so has another name here.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(name = "nick")]
    //      ^^^^
    pub nickname: String,
}

include!("../../app.rs");
app!(given: nickname; unique: nickname);
