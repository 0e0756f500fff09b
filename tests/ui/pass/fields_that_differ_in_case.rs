// Their constants and types within the derived code are called alike but for a number.
#![allow(non_snake_case)]

use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub name: String,
    #[lucia(column = "full_name")]
    pub Name: String,
    #[lucia(sql_type = Text, sqlite = "TEXT", postgres = "TEXT", mysql = "TEXT")]
    pub locale: String,
    #[lucia(sql_type = Integer, sqlite = "INTEGER", postgres = "INTEGER", mysql = "INTEGER")]
    pub locale_: i32,
}

fn main() {
    let given =
        |n| UserAttributes { name: "a".to_owned(), Name: "b".to_owned(), locale: "c".to_owned(), locale_: n };
    let _ = given(1).clone();
}
