// rule: defaults/of_another_type
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = "0")]
    //                ^^^
    pub n: i32,
}

fn main() {}
