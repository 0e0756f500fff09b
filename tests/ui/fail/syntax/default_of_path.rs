// rule: syntax/malformed
// A default calls nothing.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = String::new())]
    //                ^^^^^^^^^^^^^
    pub motto: String,
}

include!("../../app.rs");
app!(given: motto; unique:);
