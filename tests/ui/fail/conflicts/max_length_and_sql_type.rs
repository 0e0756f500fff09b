// rule: conflicts/combined
use lucia::{LuciaUser, UserId};

#[derive(Clone, Debug)]
pub struct A;

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(max_length = 3, sql_type = Text, sqlite = "TEXT")]
    //                      ^^^^^^^^
    pub a: A,
}

fn main() {}
