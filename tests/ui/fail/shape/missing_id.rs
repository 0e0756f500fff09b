// rule: shape/missing_id
// A user struct has a field `id`.
use lucia::LuciaUser;

#[derive(LuciaUser)]
pub struct User {
//         ^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
