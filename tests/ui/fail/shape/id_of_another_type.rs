// rule: shape/id_type
// The field `id` is a `UserId`.
use lucia::LuciaUser;

#[derive(LuciaUser)]
pub struct User {
    pub id: i64,
    //      ^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
