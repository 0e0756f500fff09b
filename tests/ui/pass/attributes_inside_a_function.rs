fn main() {
    use lucia::{LuciaAttribute, LuciaUser, UserId};

    #[derive(Clone, Debug, LuciaAttribute)]
    enum Role {
        Member,
    }

    #[derive(Clone, Debug, LuciaAttribute)]
    struct Email(String);

    #[derive(LuciaUser)]
    struct User {
        id: UserId,
        #[lucia(stored_as = String)]
        role: Role,
        #[lucia(stored_as = String)]
        email: Email,
    }

    let _ = |user: User| (user.id, user.role, user.email);
    let _ = Role::Member;
}
