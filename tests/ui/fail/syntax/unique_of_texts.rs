// rule: syntax/malformed
// Fields are named without quotes.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(unique("tenant", "username"))]
//            ^^^^^^^^^^^^^^^^^^^^^^
pub struct User {
    pub id: UserId,
    pub tenant: i64,
    pub username: String,
}

include!("../../app.rs");
app!(given: tenant, username; unique:);
