// rule: types/not_stored_as
// What derives how it is stored is `Clone` and `Debug` too.
use lucia::{LuciaAttribute, LuciaUser, UserId};

#[derive(LuciaAttribute)]
pub enum Role {
    Member,
    Admin,
}

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(stored_as = String)]
    pub role: Role,
    //        ^^^^
}

include!("../../app.rs");
app!(given: role; unique:);
