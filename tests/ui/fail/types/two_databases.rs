// rule: types/no_database
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(sql_type = Text, postgres = "TEXT")]
    pub a: String,
    #[lucia(sql_type = Text, mysql = "TEXT")]
    //                 ^^^^
    pub b: String,
}

fn main() {}
