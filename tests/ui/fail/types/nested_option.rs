// rule: types/nested_option
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub name: Option<Option<String>>,
    //               ^^^^^^^^^^^^^^
}

fn main() {}
