// Diesel's `Queryable` and `Selectable` are derived already.
use diesel::prelude::*;
use lucia::{LuciaUser, UserId};

#[derive(Clone, Debug, PartialEq, serde::Serialize, Identifiable, QueryableByName, LuciaUser)]
#[diesel(table_name = auth_user)]
#[serde(rename_all = "camelCase")]
pub struct User {
    #[serde(skip)]
    pub id: UserId,
    #[serde(rename = "login")]
    #[lucia(unique)]
    pub username: String,
}

diesel::table! {
    post (id) {
        id -> Integer,
        user_id -> Text,
    }
}

#[derive(Associations, Identifiable, Queryable, Selectable)]
#[diesel(table_name = post, belongs_to(User))]
pub struct Post {
    pub id: i32,
    pub user_id: UserId,
}

pub fn users(connection: &mut SqliteConnection) -> QueryResult<Vec<User>> {
    auth_user::table.select(User::as_select()).load(connection)
}

pub fn posts(connection: &mut SqliteConnection, user: &User) -> QueryResult<Vec<Post>> {
    Post::belonging_to(user).select(Post::as_select()).load(connection)
}

fn main() {}
