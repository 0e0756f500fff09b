// rule: defaults/only_now
// An instant has one default.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = "2024-01-01")]
    //                ^^^^^^^^^^^^
    pub created_at: chrono::DateTime<chrono::Utc>,
}

include!("../../app.rs");
app!(given: created_at; unique:);
