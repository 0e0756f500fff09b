// rule: types/instead
// A column owns what it holds, as a `Box` does.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub name: Option<Box<str>>,
    //               ^^^^^^^^
}

include!("../../app.rs");
app!(given: name; unique: name);
