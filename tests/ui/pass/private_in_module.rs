mod app {
    use lucia::{LuciaUser, UserId};

    #[derive(LuciaUser)]
    struct User {
        id: UserId,
        name: String,
    }

    #[expect(dead_code, reason = "only has to compile")]
    fn name(user: User) -> (UserId, String) {
        let _ = UserAttributes { name: user.name.clone() }.name;
        (user.id, user.name)
    }
}

fn main() {}
