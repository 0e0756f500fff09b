// rule: renames/from_itself
// A column is not renamed from the name that it has.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(renamed_from = "name")]
    //                     ^^^^^^
    pub name: String,
}

include!("../../app.rs");
app!(given: name; unique:);
