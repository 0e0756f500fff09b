use lucia::{LuciaUser, UserId};

macro_rules! user {
    ($name:ident { $($field:ident: $type:ty),* }) => {
        #[derive(LuciaUser)]
        pub struct $name {
            pub id: UserId,
            $(pub $field: $type),*
        }
    };
}

user!(User { name: String, age: i32 });

fn main() {
    let _ = UserAttributes { name: String::new(), age: 1 };
}
