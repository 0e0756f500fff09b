// rule: shape/missing_id
use lucia::LuciaUser;

#[derive(LuciaUser)]
pub struct User {
//         ^^^^
    pub name: String,
}

fn main() {}
