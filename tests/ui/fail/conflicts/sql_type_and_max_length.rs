// rule: conflicts/combined
// The type of a column says how long it is.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(sql_type = Text, mysql = "VARCHAR(32)", max_length = 32)]
    //                                              ^^^^^^^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
