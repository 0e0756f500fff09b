// rule: lengths/out_of_range
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(max_length = -1)]
    //                   ^^
    pub name: String,
}

fn main() {}
