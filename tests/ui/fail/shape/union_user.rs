// rule: shape/not_a_struct
// A user is no union.
use lucia::LuciaUser;

#[derive(LuciaUser)]
pub union User {
//  ^^^^^
    pub number: i32,
}

include!("../../app.rs");
app!(given:; unique:);
