// rule: types/spelled_otherwise
// `Value` is that of serde_json.
use lucia::{LuciaUser, UserId};

#[derive(Clone, Debug)]
pub struct Value(pub i64);

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub settings: Value,
    //            ^^^^^
}

include!("../../app.rs");
app!(given: settings; unique:);
