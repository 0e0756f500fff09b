// rule: defaults/out_of_range
// A default fits.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = 2147483648)]
    //                ^^^^^^^^^^
    pub logins: i32,
}

include!("../../app.rs");
app!(given: logins; unique:);
