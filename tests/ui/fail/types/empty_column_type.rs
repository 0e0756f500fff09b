// rule: types/column_type
use lucia::{LuciaUser, UserId};

#[derive(Clone, Debug)]
pub struct A;

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(sql_type = Text, mysql = "")]
    //                               ^^
    pub a: A,
}

fn main() {}
