// rule: defaults/too_long
// A default is no longer than its attribute.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(max_length = 4, default = "member")]
    //                                ^^^^^^^^
    pub role: String,
}

include!("../../app.rs");
app!(given: role; unique:);
