// rule: defaults/infinite
// No default is infinite.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = 1e39)]
    //                ^^^^
    pub ratio: f32,
}

include!("../../app.rs");
app!(given: ratio; unique:);
