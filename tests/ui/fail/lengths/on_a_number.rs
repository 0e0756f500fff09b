// rule: lengths/not_for_type
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(max_length = 3)]
    //                   ^
    pub n: i32,
}

fn main() {}
