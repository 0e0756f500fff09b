// rule: renames/in_a_circle
// Two names that are swapped look the same before and after.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(renamed_from = "b")]
    pub a: i32,
    #[lucia(renamed_from = "a")]
    //                     ^^^
    pub b: i32,
}

include!("../../app.rs");
app!(given: a, b; unique:);
