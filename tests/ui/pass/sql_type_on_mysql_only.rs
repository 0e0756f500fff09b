use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(sql_type = Unsigned<BigInt>, mysql = "BIGINT UNSIGNED")]
    pub points: u64,
}

fn main() {}
