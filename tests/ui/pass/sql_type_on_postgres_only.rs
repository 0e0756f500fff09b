use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(sql_type = Array<Text>, postgres = "TEXT[]")]
    pub tags: Vec<String>,
    #[lucia(sql_type = Array<BigInt>, postgres = "BIGINT[]")]
    pub badges: Option<Vec<i64>>,
}

fn main() {}
