// rule: names/column
// A column's name is one that every database reads alike.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub größe: i32,
    //  ^^^^^
}

include!("../../app.rs");
app!(given: größe; unique:);
