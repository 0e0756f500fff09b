use diesel::prelude::*;
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub name: String,
}

diesel::table! {
    profile (user_id) {
        user_id -> Text,
        about -> Text,
    }
}
diesel::joinable!(profile -> auth_user (user_id));
diesel::allow_tables_to_appear_in_same_query!(profile, auth_user);

fn profiles(connection: &mut SqliteConnection, id: &UserId) -> QueryResult<Vec<(User, String)>> {
    profile::table
        .inner_join(auth_user::table)
        .filter(auth_user::id.eq(id))
        .select((User::as_select(), profile::about))
        .load(connection)
}

fn main() {
    let _ = profiles;
}
