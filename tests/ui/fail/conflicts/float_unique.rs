// rule: conflicts/float_unique
// Rounded numbers are not unique.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique)]
    //      ^^^^^^
    pub height: f64,
}

include!("../../app.rs");
app!(given: height; unique: height);
