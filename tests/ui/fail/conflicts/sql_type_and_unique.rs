// rule: conflicts/combined
// What the database knows alone the database compares alone.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(sql_type = Text, sqlite = "TEXT", unique)]
    //                                        ^^^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique: username);
