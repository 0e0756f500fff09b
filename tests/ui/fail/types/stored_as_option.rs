// rule: types/stored_as
// That there may be no value is said by the field's type.
use lucia::{LuciaAttribute, LuciaUser, UserId};

#[derive(Clone, Debug, LuciaAttribute)]
pub enum Role {
    Member,
    Admin,
}

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(stored_as = Option<String>)]
    //                  ^^^^^^^^^^^^^^
    pub role: Option<Role>,
}

include!("../../app.rs");
app!(given: role; unique:);
