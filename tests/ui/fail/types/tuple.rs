// rule: types/unsupported
// A tuple is no value of a column.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub place: (f64, f64),
    //         ^^^^^^^^^^
}

include!("../../app.rs");
app!(given: place; unique:);
