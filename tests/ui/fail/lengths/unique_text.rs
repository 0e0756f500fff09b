// rule: lengths/too_long_for_index
// What is unique fits into an index.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique, max_length = 673)]
    //                           ^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique: username);
