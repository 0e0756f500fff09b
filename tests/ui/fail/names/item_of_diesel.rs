// rule: names/item_of_diesel
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub table: String,
    //  ^^^^^
}

fn main() {}
