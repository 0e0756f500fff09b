// rule: conflicts/combined
use lucia::{LuciaUser, UserId};

#[derive(Clone, Debug)]
pub struct A;

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(sql_type = Text, sqlite = "TEXT", default = "a")]
    //                                        ^^^^^^^
    pub a: A,
}

fn main() {}
