// rule: types/no_column_type
use lucia::{LuciaUser, UserId};

#[derive(Clone, Debug)]
pub struct BigDecimal;

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(sql_type = Numeric)]
    //                 ^^^^^^^
    pub balance: BigDecimal,
}

fn main() {}
