// rule: types/unsupported
// A column holds one value.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub tags: Vec<String>,
    //        ^^^^^^^^^^^
}

include!("../../app.rs");
app!(given: tags; unique:);
