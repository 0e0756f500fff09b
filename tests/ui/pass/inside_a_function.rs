fn main() {
    use lucia::{LuciaUser, UserId};

    #[derive(LuciaUser)]
    pub struct User {
        pub id: UserId,
        pub name: String,
    }

    let _ = UserAttributes { name: String::new() };
}
