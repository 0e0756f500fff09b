// Attributes are those of the table; a slip is met with a suggestion.
use diesel::prelude::*;
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(uniqe)]
    pub username: String,
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
