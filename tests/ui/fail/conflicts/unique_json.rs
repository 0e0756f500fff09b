// rule: conflicts/json_keyed
use lucia::{LuciaUser, UserId};

#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct A;

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique, stored_as = Json)]
    //      ^^^^^^
    pub a: A,
}

fn main() {}
