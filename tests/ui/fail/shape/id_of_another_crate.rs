// rule: shape/id_of_another_crate
// The id is lucia's, not a type of the same name.
use lucia::LuciaUser;

pub struct UserId;

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    //      ^^^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
