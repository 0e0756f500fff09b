// rule: renames/from_no_name
// Every table has a name that needs no quoting.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(user_table = "auth_user", renamed_from = "my users")]
//                                               ^^^^^^^^^^
pub struct User {
    pub id: UserId,
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
