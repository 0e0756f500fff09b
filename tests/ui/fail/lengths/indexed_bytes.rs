// rule: lengths/too_long_for_index
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(index, max_length = 2689)]
    //                          ^^^^
    pub data: Vec<u8>,
}

fn main() {}
