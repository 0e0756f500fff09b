// rule: types/not_json
// What is kept as JSON is known to serde.
use lucia::{LuciaUser, UserId};

#[derive(Clone, Debug)]
pub struct Settings {
    pub theme: String,
}

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(stored_as = Json)]
    pub settings: Settings,
    //            ^^^^^^^^
}

include!("../../app.rs");
app!(given: settings; unique:);
