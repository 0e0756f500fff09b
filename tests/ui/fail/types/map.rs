// rule: types/unsupported
// A map is no value of a column.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub tags: std::collections::HashMap<String, String>,
    //        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
}

include!("../../app.rs");
app!(given: tags; unique:);
