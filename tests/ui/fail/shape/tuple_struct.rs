// A user is no tuple struct.
use lucia::LuciaUser;
use lucia::UserId;

#[derive(LuciaUser)]
pub struct User(UserId);

fn main() {}
