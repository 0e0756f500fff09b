// rule: renames/in_a_circle
// So do three that go round.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(renamed_from = "b")]
    pub a: i32,
    #[lucia(renamed_from = "c")]
    pub b: i32,
    #[lucia(renamed_from = "a")]
    //                     ^^^
    pub c: i32,
}

include!("../../app.rs");
app!(given: a, b, c; unique:);
