// rule: syntax/unknown
// A word of an attribute is none by itself.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(nocase)]
    //      ^^^^^^
    pub email: String,
}

include!("../../app.rs");
app!(given: email; unique: email);
