// rule: names/field_is_table
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub auth_user: String,
    //  ^^^^^^^^^
}

fn main() {}
