// rule: defaults/of_another_type
// The type is not said again.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = 0i32)]
    //                ^^^^
    pub logins: i32,
}

include!("../../app.rs");
app!(given: logins; unique:);
