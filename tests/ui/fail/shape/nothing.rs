// rule: shape/missing_id
// So does a struct without anything else.
use lucia::LuciaUser;

#[derive(LuciaUser)]
pub struct User {}
//         ^^^^

include!("../../app.rs");
app!(given:; unique:);
