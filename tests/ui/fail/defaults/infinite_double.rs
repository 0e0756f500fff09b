// rule: defaults/infinite
// Nor is a longer one.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = 1e309)]
    //                ^^^^^
    pub ratio: f64,
}

include!("../../app.rs");
app!(given: ratio; unique:);
