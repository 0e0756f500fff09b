// rule: types/not_native
// What has a `sql_type` is known to Diesel.
use lucia::{LuciaUser, UserId};

#[derive(Clone, Debug)]
pub struct Place(pub f64, pub f64);

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(sql_type = Text, sqlite = "TEXT")]
    pub place: Place,
    //         ^^^^^
}

include!("../../app.rs");
app!(given: place; unique:);
