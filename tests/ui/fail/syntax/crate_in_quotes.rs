// rule: syntax/quoted_path
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(crate = "my::lucia")]
//              ^^^^^^^^^^^
pub struct User {
    id: UserId,
}

fn main() {}
