// rule: names/field_is_table
// No field is called as its table is.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub auth_user: String,
    //  ^^^^^^^^^
}

include!("../../app.rs");
app!(given:; unique:; columnless: auth_user);
