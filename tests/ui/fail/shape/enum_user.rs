// rule: shape/not_a_struct
// A user is no enum.
use lucia::LuciaUser;

#[derive(LuciaUser)]
pub enum User {
//  ^^^^
    Guest,
}

include!("../../app.rs");
app!(given:; unique:);
