// rule: conflicts/json_keyed
// JSON is not unique.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique, stored_as = Json)]
    //      ^^^^^^
    pub settings: Vec<String>,
}

include!("../../app.rs");
app!(given: settings; unique: settings);
