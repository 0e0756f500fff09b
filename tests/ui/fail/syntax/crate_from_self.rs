// rule: syntax/relative_path
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(crate = self::lucia)]
//              ^^^^^^^^^^^
pub struct User {
    id: UserId,
}

fn main() {}
