mod outer {
    pub(crate) mod inner {
        use lucia::{LuciaUser, UserId};

        #[derive(LuciaUser)]
        pub(crate) struct User {
            pub(crate) id: UserId,
            pub(super) name: String,
            secret: Option<String>,
        }

        pub(crate) fn has_secret(user: &User) -> bool {
            user.secret.is_some()
        }
    }

    pub(crate) fn name(user: &inner::User) -> (&lucia::UserId, &str) {
        (&user.id, &user.name)
    }
}

fn main() {
    let _ = (outer::name, outer::inner::has_secret);
}
