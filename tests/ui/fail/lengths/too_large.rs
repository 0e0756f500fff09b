// rule: lengths/out_of_range
// No length is larger than a row.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(max_length = 65536)]
    //                   ^^^^^
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
