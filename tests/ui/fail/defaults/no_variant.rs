// rule: defaults/no_variant
// The default of an enum is one of its variants.
use lucia::{LuciaAttribute, LuciaUser, UserId};

#[derive(Clone, Debug, LuciaAttribute)]
pub enum Role {
    Member,
    Admin,
}

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(stored_as = String, default = "root")]
    //                                    ^^^^^^
    pub role: Role,
}

include!("../../app.rs");
app!(given: role; unique:);
