// A type is what its spelling says.
use diesel::prelude::*;
use lucia::{LuciaUser, UserId};

mod app {
    #[derive(Clone, Debug, PartialEq)]
    pub struct String;
}
use app::String;

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique)]
    pub name: String,
}

// Whatever the app writes about the generated items compiles nevertheless.
async fn app(auth: &lucia::Auth<User>, id: &UserId) -> lucia::Result<User> {
    auth.user_by(auth_user::name, "ada").await?;
    auth.update_user(id, UserChanges { name: Some(String) }).await
}

fn joined(connection: &mut SqliteConnection) -> QueryResult<Vec<User>> {
    auth_session::table.inner_join(auth_user::table).select(User::as_select()).load(connection)
}

fn main() {
    let _ = (app, joined);
}
