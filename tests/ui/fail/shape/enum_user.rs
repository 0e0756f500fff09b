// A user is no enum.
use lucia::LuciaUser;

#[derive(LuciaUser)]
pub enum User {
    Guest,
}

fn main() {}
