// rule: shape/id_type
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: Option<UserId>,
    //      ^^^^^^^^^^^^^^
}

fn main() {}
