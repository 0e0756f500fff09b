// rule: syntax/relative_path
// A path begins at a root.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(crate = lucia)]
//              ^^^^^
pub struct User {
    pub id: UserId,
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
