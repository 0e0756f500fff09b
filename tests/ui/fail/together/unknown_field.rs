// rule: together/unknown_field
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(unique(tenant, nmae))]
//                     ^^^^
pub struct User {
    id: UserId,
    tenant: i64,
    name: String,
}

fn main() {}
