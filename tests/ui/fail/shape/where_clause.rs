// rule: shape/where_clause
// A user is a user without conditions.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User
    where String: Clone
  //^^^^^^^^^^^^^^^^^^^
{
    pub id: UserId,
}

fn main() {}
