// rule: shape/id_type
use lucia::LuciaUser;

#[derive(LuciaUser)]
pub struct User {
    pub id: String,
    //      ^^^^^^
}

fn main() {}
