// rule: together/native
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(unique(a, b))]
//             ^
pub struct User {
    pub id: UserId,
    #[lucia(sql_type = Text, sqlite = "TEXT")]
    pub a: String,
    pub b: i64,
}

fn main() {}
