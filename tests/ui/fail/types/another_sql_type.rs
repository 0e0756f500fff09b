// rule: types/not_native
// A type that Diesel knows is not kept in any column.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(sql_type = Integer, sqlite = "INTEGER")]
    pub username: String,
    //            ^^^^^^
}

include!("../../app.rs");
app!(given: username; unique:);
