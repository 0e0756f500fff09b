// rule: types/not_stored_as
// Of numbers, too.
use lucia::{LuciaAttribute, LuciaUser, UserId};

#[derive(Clone, Debug, LuciaAttribute)]
pub struct Points(i64);

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(stored_as = i32)]
    pub points: Points,
    //          ^^^^^^
}

include!("../../app.rs");
app!(given: points; unique:);
