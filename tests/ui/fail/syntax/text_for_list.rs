// rule: syntax/not_a_list
// Attributes are given in parentheses, not behind `=`.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia = "unique"]
  //^^^^^^^^^^^^^^^^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
