// rule: types/not_native
use lucia::{LuciaUser, UserId};

#[derive(Clone, Debug)]
pub struct Locale;

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(sql_type = Text, sqlite = "TEXT")]
    pub locale: Locale,
    //          ^^^^^^
}

fn main() {}
