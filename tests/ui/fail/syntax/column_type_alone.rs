// rule: syntax/needs
// A column's own type needs Diesel's.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(postgres = "CITEXT")]
    //      ^^^^^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
