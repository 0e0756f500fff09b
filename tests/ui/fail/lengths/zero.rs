// rule: lengths/out_of_range
// No length refuses everything.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(max_length = 0)]
    //                   ^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
