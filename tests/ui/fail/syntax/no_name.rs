// rule: syntax/not_a_name
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia("unique")]
    //      ^^^^^^^^
    pub name: String,
}

fn main() {}
