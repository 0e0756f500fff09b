// rule: shape/cfg
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[cfg(unix)]
//  ^^^^^^^^^^^^
    pub email: String,
}

fn main() {}
