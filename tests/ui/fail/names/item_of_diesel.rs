// rule: names/item_of_diesel
// No field is called as Diesel's own items are.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub table: String,
    //  ^^^^^
}

include!("../../app.rs");
app!(given:; unique:; columnless: table);
