// rule: names/same_column
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub mail: String,
    #[lucia(column = "Mail")]
    //               ^^^^^^
    pub other: String,
}

fn main() {}
