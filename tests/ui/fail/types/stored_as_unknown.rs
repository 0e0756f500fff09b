// rule: types/stored_as
// What a type is stored as is known.
use lucia::{LuciaUser, UserId};

#[derive(Clone, Debug)]
pub struct Points(u64);

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(stored_as = u64)]
    //                  ^^^
    pub points: Points,
}

include!("../../app.rs");
app!(given: points; unique:);
