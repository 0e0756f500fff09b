// rule: defaults/out_of_range
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = -2147483649)]
    //                ^^^^^^^^^^^
    pub n: i32,
}

fn main() {}
