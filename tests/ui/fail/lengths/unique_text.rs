// rule: lengths/too_long_for_index
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique, max_length = 673)]
    //                           ^^^
    pub name: String,
}

fn main() {}
