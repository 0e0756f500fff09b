// rule: names/underscores
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub __secret: String,
    //  ^^^^^^^^
}

fn main() {}
