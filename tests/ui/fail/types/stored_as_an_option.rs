// rule: types/stored_as
use lucia::{LuciaUser, UserId};

pub struct Role;

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(stored_as = Option<String>)]
    //                  ^^^^^^^^^^^^^^
    pub role: Option<Role>,
}

fn main() {}
