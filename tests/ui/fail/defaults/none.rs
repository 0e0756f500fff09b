// rule: defaults/none
// `None` is what an `Option` is without a default.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = None)]
    //                ^^^^
    pub level: Option<i32>,
}

include!("../../app.rs");
app!(given: level; unique: level);
