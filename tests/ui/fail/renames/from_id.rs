// rule: renames/from_id
// The column of the id stays that of the id.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(renamed_from = "ID")]
    //                     ^^^^
    pub email: String,
}

include!("../../app.rs");
app!(given: email; unique:);
