use lucia::{LuciaUser, UserId};

macro_rules! user {
    ($vis:vis $name:ident, $id:ty, $type:ty, $unique:ident) => {
        #[derive(LuciaUser)]
        $vis struct $name {
            pub id: $id,
            #[lucia(unique)]
            pub $unique: $type,
            pub maybe: Option<$type>,
        }
    };
}

user!(pub Person, UserId, String, name);

fn main() {
    let _ = auth_user::name;
}
