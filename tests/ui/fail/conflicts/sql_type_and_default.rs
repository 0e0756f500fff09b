// rule: conflicts/combined
// A literal is of no type of a database.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(sql_type = Text, sqlite = "TEXT", default = "member")]
    //                                        ^^^^^^^
    pub role: String,
}

include!("../../app.rs");
app!(given: role; unique:);
