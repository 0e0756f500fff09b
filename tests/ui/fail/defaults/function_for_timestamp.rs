// rule: defaults/only_now
// A default calls nothing; there is `now`.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = Utc::now())]
    //                ^^^^^^^^^^
    pub created_at: chrono::DateTime<chrono::Utc>,
}

include!("../../app.rs");
app!(given: created_at; unique:);
