// rule: defaults/of_another_type
// Text stands between quotes.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = 0)]
    //                ^
    pub role: String,
}

include!("../../app.rs");
app!(given: role; unique:);
