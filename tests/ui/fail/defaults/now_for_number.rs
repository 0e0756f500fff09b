// rule: defaults/now
// A number of seconds is no instant.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = now)]
    //                ^^^
    pub seen_at: i64,
}

include!("../../app.rs");
app!(given: seen_at; unique:);
