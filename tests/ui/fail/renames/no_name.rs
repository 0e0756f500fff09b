// rule: renames/from_no_name
// Only the column is named, without its table.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(renamed_from = "auth_user.mail")]
    //                     ^^^^^^^^^^^^^^^^
    pub email: String,
}

include!("../../app.rs");
app!(given: email; unique:);
