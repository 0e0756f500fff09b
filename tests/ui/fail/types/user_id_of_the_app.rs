// The id is lucia's, not a type of the same name.
use lucia::LuciaUser;

pub struct UserId;

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub name: String,
}

fn main() {}
