// What cannot be given has a default or is optional.
use diesel::prelude::*;
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(readonly)]
    pub level: i32,
}

// Whatever the app writes about the generated items compiles nevertheless.
async fn app(auth: &lucia::Auth<User>, id: &UserId) -> lucia::Result<User> {
    auth.update_user(id, UserChanges::default()).await
}

fn joined(connection: &mut SqliteConnection) -> QueryResult<Vec<User>> {
    auth_session::table.inner_join(auth_user::table).select(User::as_select()).load(connection)
}

fn main() {
    let _ = (app, joined);
}
