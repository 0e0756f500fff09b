// rule: types/nested_option
// There is one null.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub email: Option<Option<String>>,
    //         ^^^^^^^^^^^^^^^^^^^^^^
}

include!("../../app.rs");
app!(given: email; unique:);
