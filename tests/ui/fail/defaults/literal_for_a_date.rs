// rule: defaults/no_literal
use chrono::NaiveDate;
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = "2024-01-01")]
    //                ^^^^^^^^^^^^
    pub born: NaiveDate,
}

fn main() {}
