#![deny(
    warnings,
    unused_qualifications,
    unreachable_pub,
    single_use_lifetimes,
    missing_debug_implementations
)]
#![deny(unused_results, trivial_casts, unsafe_code, elided_lifetimes_in_paths, non_ascii_idents)]

use lucia::{LuciaAttribute, LuciaUser, UserId};

#[derive(Clone, Debug, PartialEq, LuciaAttribute)]
pub(crate) enum Role {
    Member,
}

#[derive(Debug, LuciaUser)]
#[lucia(unique(tenant, name))]
pub(crate) struct User {
    pub(crate) id: UserId,
    #[lucia(unique)]
    pub(crate) name: String,
    pub(crate) tenant: i64,
    #[lucia(readonly, default = 3)]
    pub(crate) level: i32,
    #[lucia(stored_as = String)]
    pub(crate) role: Role,
}

fn main() {
    let _ = |user: User| (user.id, user.name, user.tenant, user.level, user.role == Role::Member);
    let _ = UserAttributes { name: String::new(), tenant: 1, role: Role::Member };
}
