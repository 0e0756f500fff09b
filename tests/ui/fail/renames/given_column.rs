// rule: renames/from_itself
// Nor is one whose name is given.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(column = "nick", renamed_from = "nick")]
    //                                      ^^^^^^
    pub name: String,
}

include!("../../app.rs");
app!(given: name; unique:);
