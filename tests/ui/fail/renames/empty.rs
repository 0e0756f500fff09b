// rule: renames/from_no_name
// Every column has a name.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(renamed_from = "")]
    //                     ^^
    pub email: String,
}

include!("../../app.rs");
app!(given: email; unique:);
