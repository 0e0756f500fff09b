// rule: types/not_stored_as
// A newtype is stored as what it is around.
use lucia::{LuciaAttribute, LuciaUser, UserId};

#[derive(Clone, Debug, LuciaAttribute)]
pub struct Points(i64);

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique, stored_as = String)]
    pub points: Points,
    //          ^^^^^^
}

include!("../../app.rs");
app!(given: points; unique: points);
