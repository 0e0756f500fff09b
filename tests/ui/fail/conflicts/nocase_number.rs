// rule: conflicts/nocase_not_text
// Only letters have a case.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique(nocase))]
    //      ^^^^^^
    pub number: i64,
}

include!("../../app.rs");
app!(given: number; unique: number);
