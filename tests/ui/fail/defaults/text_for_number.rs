// rule: defaults/of_another_type
// A default is of its attribute's type.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = "0")]
    //                ^^^
    pub logins: i32,
}

include!("../../app.rs");
app!(given: logins; unique:);
