// rule: conflicts/combined
// One of two stores a value.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(sql_type = Text, sqlite = "TEXT", stored_as = String)]
    //                                        ^^^^^^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
