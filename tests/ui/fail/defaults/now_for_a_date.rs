// rule: defaults/now
use chrono::NaiveDate;
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = now)]
    //                ^^^
    pub born: NaiveDate,
}

fn main() {}
