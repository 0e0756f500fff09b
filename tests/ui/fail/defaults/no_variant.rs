// rule: defaults/no_variant
use lucia::{LuciaAttribute, LuciaUser, UserId};

#[derive(Clone, Debug, LuciaAttribute)]
pub enum Role {
    Member,
    Admin,
}

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(stored_as = String, default = "Member")]
    //                                    ^^^^^^^^
    pub role: Role,
}

fn main() {}
