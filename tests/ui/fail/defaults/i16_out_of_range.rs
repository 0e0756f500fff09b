// rule: defaults/out_of_range
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = 32768)]
    //                ^^^^^
    pub n: i16,
}

fn main() {}
