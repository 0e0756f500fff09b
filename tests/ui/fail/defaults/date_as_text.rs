// rule: defaults/no_literal
// A date has no default.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = "2024-01-01")]
    //                ^^^^^^^^^^^^
    pub born: chrono::NaiveDate,
}

include!("../../app.rs");
app!(given: born; unique:);
