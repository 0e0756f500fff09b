// rule: shape/where_clause
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User where String: Clone {
    //          ^^^^^^^^^^^^^^^^^^^
    pub id: UserId,
}

fn main() {}
