// rule: conflicts/nocase_not_text
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique(nocase))]
    //      ^^^^^^
    pub n: i64,
}

fn main() {}
