// rule: defaults/only_now
use chrono::{DateTime, Utc};
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = "2024-01-01")]
    //                ^^^^^^^^^^^^
    pub at: DateTime<Utc>,
}

fn main() {}
