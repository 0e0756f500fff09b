// rule: defaults/control_character
// A default is plain text.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = "a\n")]
    //                ^^^^^
    pub role: String,
}

include!("../../app.rs");
app!(given: role; unique:);
