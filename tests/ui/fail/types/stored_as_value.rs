// rule: types/stored_as
// What is kept as JSON says `Json`.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(stored_as = serde_json::Value)]
    //                  ^^^^^^^^^^^^^^^^^
    pub settings: Vec<String>,
}

include!("../../app.rs");
app!(given: settings; unique:);
