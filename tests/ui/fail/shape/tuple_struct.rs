// rule: shape/not_a_struct
// A user is no tuple struct.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User(UserId);
//             ^^^^^^^^

include!("../../app.rs");
app!(given:; unique:);
