// rule: syntax/unknown
// What other libraries have an attribute for, the type of the field says.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(nullable)]
    //      ^^^^^^^^
    pub email: String,
}

include!("../../app.rs");
app!(given: email; unique: email);
