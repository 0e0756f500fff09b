// rule: renames/twice
// One column becomes one.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(renamed_from = "a")]
    pub b: i32,
    #[lucia(renamed_from = "a")]
    //                     ^^^
    pub c: i32,
}

include!("../../app.rs");
app!(given: b, c; unique:);
