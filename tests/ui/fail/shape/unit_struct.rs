// rule: shape/not_a_struct
// A user is no unit struct.
use lucia::LuciaUser;

#[derive(LuciaUser)]
pub struct User;
//         ^^^^

include!("../../app.rs");
app!(given:; unique:);
