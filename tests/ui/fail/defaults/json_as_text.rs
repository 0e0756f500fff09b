// rule: defaults/no_literal
// JSON has no default.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(stored_as = Json, default = "{}")]
    //                                  ^^^^
    pub settings: Vec<String>,
}

include!("../../app.rs");
app!(given: settings; unique:);
