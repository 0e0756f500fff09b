// rule: syntax/quoted_path
// So it is above an enum.
use lucia::{LuciaAttribute, LuciaUser, UserId};

#[derive(Clone, Debug, LuciaAttribute)]
#[lucia(crate = "lucia")]
//              ^^^^^^^
pub enum Role {
    Member,
    Admin,
}

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(stored_as = String)]
    pub role: Role,
}

include!("../../app.rs");
app!(given: role; unique:);
