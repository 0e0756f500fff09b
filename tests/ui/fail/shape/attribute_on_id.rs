// rule: shape/id_attributes
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    #[lucia(unique)]
//  ^^^^^^^^^^^^^^^^
    pub id: UserId,
}

fn main() {}
