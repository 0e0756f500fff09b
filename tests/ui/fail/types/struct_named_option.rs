// rule: types/spelled_otherwise
// So is a generic one.
use lucia::{LuciaUser, UserId};

pub struct Option<T>(pub T);

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub email: Option<String>,
    //         ^^^^^^^^^^^^^^
}

include!("../../app.rs");
app!(given: email; unique:);
