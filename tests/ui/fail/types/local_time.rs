// rule: types/instead
// Instants are kept in one zone.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub seen_at: chrono::DateTime<chrono::FixedOffset>,
    //           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
}

include!("../../app.rs");
app!(given: seen_at; unique:);
