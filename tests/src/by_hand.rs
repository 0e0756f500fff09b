//! The user of the quickstart as a careful person would write it on Diesel alone: what the derive is measured against.
//!
//! The same tables, the same inputs with the same rules, and one function for each query, on SQLite only. `source` writes
//! what depends on the attributes, which a test compares; what does not is written here, and taken from here.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use lucia::{PasswordHash, StoredKey, StoredSession, UnixMillis, UserId};

diesel::table! {
    /// The table of users.
    auth_user (id) {
        /// The user's id.
        id -> Text,
        /// The attribute `username`.
        username -> Text,
        /// The attribute `email`.
        email -> Nullable<Text>,
        /// The attribute `logins`.
        logins -> Integer,
        /// The attribute `created_at`.
        created_at -> Timestamp,
    }
}

/// A user.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
// Every column is given; otherwise a `None` would leave its column out, which also costs the compiler more.
#[diesel(table_name = auth_user, treat_none_as_default_value = false, check_for_backend(Sqlite))]
pub struct User {
    /// The user's id.
    pub id: UserId,
    /// The attribute `username`.
    pub username: String,
    /// The attribute `email`.
    pub email: Option<String>,
    /// The attribute `logins`.
    pub logins: i32,
    /// The attribute `created_at`.
    pub created_at: NaiveDateTime,
}

/// What creating a user takes.
#[derive(Clone, Debug, PartialEq)]
pub struct UserAttributes {
    /// The attribute `username`.
    pub username: String,
    /// The attribute `email`.
    pub email: Option<String>,
    /// The attribute `logins`; `None` takes the default.
    pub logins: Option<i32>,
}

/// A partial update of a user: `None` leaves an attribute as it is.
#[derive(Clone, Debug, Default, PartialEq, AsChangeset)]
#[diesel(table_name = auth_user)]
pub struct UserChanges {
    /// The attribute `username`.
    pub username: Option<String>,
    /// The attribute `email`.
    pub email: Option<Option<String>>,
    /// The attribute `logins`.
    pub logins: Option<i32>,
}

impl User {
    /// A new user, with defaults for what the attributes leave out.
    pub fn create(id: UserId, attributes: UserAttributes, now: NaiveDateTime) -> Result<Self, InvalidInput> {
        check_text("username", &attributes.username, Some(32))?;
        if let Some(email) = &attributes.email {
            check_text("email", email, None)?;
        }
        Ok(Self {
            id,
            username: attributes.username,
            email: attributes.email,
            logins: attributes.logins.unwrap_or(0),
            created_at: now,
        })
    }

    /// The same user with the changes made.
    pub fn change(mut self, changes: UserChanges) -> Result<Self, InvalidInput> {
        changes.check()?;
        if let Some(username) = changes.username {
            self.username = username;
        }
        if let Some(email) = changes.email {
            self.email = email;
        }
        if let Some(logins) = changes.logins {
            self.logins = logins;
        }
        Ok(self)
    }
}

impl UserChanges {
    /// Whether the changes keep the rules of their attributes.
    pub fn check(&self) -> Result<(), InvalidInput> {
        if let Some(username) = &self.username {
            check_text("username", username, Some(32))?;
        }
        if let Some(Some(email)) = &self.email {
            check_text("email", email, None)?;
        }
        Ok(())
    }

    /// Whether nothing changes; Diesel refuses an update that sets nothing.
    pub fn is_unchanged(&self) -> bool {
        *self == Self::default()
    }
}

/// The user with this `username`. A collation may find what differs in bytes.
pub fn user_by_username(conn: &mut SqliteConnection, username: &str) -> QueryResult<Option<User>> {
    let user = auth_user::table
        .filter(auth_user::username.eq(username))
        .select(User::as_select())
        .get_result(conn)
        .optional()?;
    Ok(user.filter(|user| user.username == username))
}

// From here on nothing depends on the attributes.

diesel::table! {
    /// The table of sessions.
    auth_session (id) {
        /// What the session's token hashes to.
        id -> Text,
        /// Whose session it is.
        user_id -> Text,
        /// The end of the active period, in milliseconds since the epoch.
        active_expires -> BigInt,
        /// The end of the idle period, in milliseconds since the epoch.
        idle_expires -> BigInt,
        /// When it began, in milliseconds since the epoch.
        created_at -> Nullable<BigInt>,
        /// When it ends however much it is used, in milliseconds since the epoch.
        absolute_expires -> Nullable<BigInt>,
        /// The session that it was renewed from.
        renewed_from -> Nullable<Text>,
    }
}

diesel::table! {
    /// The table of keys.
    auth_key (id) {
        /// `provider:identifier`.
        id -> Text,
        /// Whose key it is.
        user_id -> Text,
        /// Whether it was made together with the user.
        primary_key -> Bool,
        /// The hash of the password, if the key has one.
        hashed_password -> Nullable<Text>,
        /// Until when a single-use key can be used, in milliseconds since the epoch.
        expires -> Nullable<BigInt>,
    }
}

diesel::joinable!(auth_session -> auth_user (user_id));
diesel::joinable!(auth_key -> auth_user (user_id));
diesel::allow_tables_to_appear_in_same_query!(auth_user, auth_session, auth_key);

/// An attribute and the rule that its value breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvalidInput {
    /// Not every database keeps a NUL in a text.
    Nul(&'static str),
    /// The text has more characters than it may have.
    TooLong(&'static str, usize),
}

fn check_text(attribute: &'static str, text: &str, max_length: Option<usize>) -> Result<(), InvalidInput> {
    if text.contains('\0') {
        return Err(InvalidInput::Nul(attribute));
    }
    match max_length {
        Some(max) if text.chars().count() > max => Err(InvalidInput::TooLong(attribute, max)),
        _ => Ok(()),
    }
}

/// Inserts a user, every column given.
pub fn insert_user(conn: &mut SqliteConnection, user: &User) -> QueryResult<usize> {
    diesel::insert_into(auth_user::table).values(user).execute(conn)
}

/// The user with this id.
pub fn user(conn: &mut SqliteConnection, id: &str) -> QueryResult<Option<User>> {
    auth_user::table.filter(auth_user::id.eq(id)).select(User::as_select()).get_result(conn).optional()
}

/// The user whose key this is, and the id of the key as stored.
pub fn user_by_key(conn: &mut SqliteConnection, key_id: &str) -> QueryResult<Option<(String, User)>> {
    auth_key::table
        .inner_join(auth_user::table)
        .filter(auth_key::id.eq(key_id))
        .select((auth_key::id, User::as_select()))
        .get_result(conn)
        .optional()
}

/// Sets the columns that the changes name.
pub fn update_user(conn: &mut SqliteConnection, id: &str, changes: &UserChanges) -> QueryResult<usize> {
    diesel::update(auth_user::table.filter(auth_user::id.eq(id))).set(changes).execute(conn)
}

/// Changes nothing, and holds the row.
pub fn lock_user(conn: &mut SqliteConnection, id: &str) -> QueryResult<usize> {
    diesel::update(auth_user::table.filter(auth_user::id.eq(id)))
        .set(auth_user::id.eq(auth_user::id))
        .execute(conn)
}

/// Deletes the row of a user.
pub fn delete_user(conn: &mut SqliteConnection, id: &str) -> QueryResult<usize> {
    diesel::delete(auth_user::table.filter(auth_user::id.eq(id))).execute(conn)
}

/// The columns of a key, in the order in which they are selected.
pub type KeyRow = (String, UserId, bool, Option<String>, Option<i64>);

/// Inserts a key.
pub fn insert_key(conn: &mut SqliteConnection, key: &StoredKey) -> QueryResult<usize> {
    diesel::insert_into(auth_key::table)
        .values((
            auth_key::id.eq(&key.id),
            auth_key::user_id.eq(&key.user_id),
            auth_key::primary_key.eq(key.primary_key),
            auth_key::hashed_password.eq(key.hashed_password.as_ref().map(PasswordHash::expose)),
            auth_key::expires.eq(key.expires.map(UnixMillis::as_millis)),
        ))
        .execute(conn)
}

/// The key with this id.
pub fn key(conn: &mut SqliteConnection, id: &str) -> QueryResult<Option<KeyRow>> {
    auth_key::table.filter(auth_key::id.eq(id)).select(auth_key::all_columns).get_result(conn).optional()
}

/// All keys of a user, in order of their ids.
pub fn keys_of(conn: &mut SqliteConnection, user_id: &str) -> QueryResult<Vec<KeyRow>> {
    auth_key::table
        .filter(auth_key::user_id.eq(user_id))
        .order(auth_key::id)
        .select(auth_key::all_columns)
        .load(conn)
}

/// Changes nothing, and holds the row of a persistent key that still has this owner and this hash.
pub fn lock_key(
    conn: &mut SqliteConnection,
    id: &str,
    user_id: &str,
    password: Option<&str>,
) -> QueryResult<usize> {
    let key = auth_key::table
        .filter(auth_key::id.eq(id))
        .filter(auth_key::user_id.eq(user_id))
        .filter(auth_key::expires.is_null());
    match password {
        Some(hash) => diesel::update(key.filter(auth_key::hashed_password.eq(hash)))
            .set(auth_key::user_id.eq(auth_key::user_id))
            .execute(conn),
        None => diesel::update(key.filter(auth_key::hashed_password.is_null()))
            .set(auth_key::user_id.eq(auth_key::user_id))
            .execute(conn),
    }
}

/// Deletes a single-use key that still has this hash and has not expired.
pub fn consume_key(
    conn: &mut SqliteConnection,
    id: &str,
    password: Option<&str>,
    now: UnixMillis,
) -> QueryResult<usize> {
    let key = auth_key::table.filter(auth_key::id.eq(id)).filter(auth_key::expires.ge(now.as_millis()));
    match password {
        Some(hash) => diesel::delete(key.filter(auth_key::hashed_password.eq(hash))).execute(conn),
        None => diesel::delete(key.filter(auth_key::hashed_password.is_null())).execute(conn),
    }
}

/// Replaces a hash that still is the old one.
pub fn set_password(
    conn: &mut SqliteConnection,
    id: &str,
    old: Option<&str>,
    new: Option<&str>,
) -> QueryResult<usize> {
    let key = auth_key::table.filter(auth_key::id.eq(id));
    match old {
        Some(hash) => diesel::update(key.filter(auth_key::hashed_password.eq(hash)))
            .set(auth_key::hashed_password.eq(new))
            .execute(conn),
        None => diesel::update(key.filter(auth_key::hashed_password.is_null()))
            .set(auth_key::hashed_password.eq(new))
            .execute(conn),
    }
}

/// Gives a key another id.
pub fn rename_key(conn: &mut SqliteConnection, id: &str, new: &str) -> QueryResult<usize> {
    diesel::update(auth_key::table.filter(auth_key::id.eq(id))).set(auth_key::id.eq(new)).execute(conn)
}

/// Deletes a key that is not primary.
pub fn delete_secondary_key(conn: &mut SqliteConnection, id: &str) -> QueryResult<usize> {
    let key = auth_key::table.filter(auth_key::id.eq(id)).filter(auth_key::primary_key.eq(false));
    diesel::delete(key).execute(conn)
}

/// Deletes all keys of a user.
pub fn delete_keys_of(conn: &mut SqliteConnection, user_id: &str) -> QueryResult<usize> {
    diesel::delete(auth_key::table.filter(auth_key::user_id.eq(user_id))).execute(conn)
}

/// The ids of expired single-use keys, so many at most.
pub fn expired_keys(
    conn: &mut SqliteConnection,
    user_id: Option<&str>,
    now: UnixMillis,
    limit: u32,
) -> QueryResult<Vec<String>> {
    let expired = auth_key::table
        .filter(auth_key::expires.lt(now.as_millis()))
        .select(auth_key::id)
        .limit(i64::from(limit));
    match user_id {
        Some(user_id) => expired.filter(auth_key::user_id.eq(user_id)).load(conn),
        None => expired.load(conn),
    }
}

/// Deletes those of these keys that have expired.
pub fn delete_expired_keys(
    conn: &mut SqliteConnection,
    ids: &[String],
    now: UnixMillis,
) -> QueryResult<usize> {
    let expired =
        auth_key::table.filter(auth_key::id.eq_any(ids)).filter(auth_key::expires.lt(now.as_millis()));
    diesel::delete(expired).execute(conn)
}

/// The columns of a session, in the order in which they are selected.
pub type SessionRow = (String, UserId, i64, i64, Option<i64>, Option<i64>, Option<String>);

/// Inserts a session.
pub fn insert_session(conn: &mut SqliteConnection, session: &StoredSession) -> QueryResult<usize> {
    diesel::insert_into(auth_session::table)
        .values((
            auth_session::id.eq(&session.id),
            auth_session::user_id.eq(&session.user_id),
            auth_session::active_expires.eq(session.active_expires.as_millis()),
            auth_session::idle_expires.eq(session.idle_expires.as_millis()),
            auth_session::created_at.eq(session.created_at.map(UnixMillis::as_millis)),
            auth_session::absolute_expires.eq(session.absolute_expires.map(UnixMillis::as_millis)),
            auth_session::renewed_from.eq(session.renewed_from.as_deref()),
        ))
        .execute(conn)
}

/// The session with this id.
pub fn session(conn: &mut SqliteConnection, id: &str) -> QueryResult<Option<SessionRow>> {
    auth_session::table
        .filter(auth_session::id.eq(id))
        .select(auth_session::all_columns)
        .get_result(conn)
        .optional()
}

/// The session with this id and its user, by one join.
pub fn session_and_user(conn: &mut SqliteConnection, id: &str) -> QueryResult<Option<(SessionRow, User)>> {
    auth_session::table
        .inner_join(auth_user::table)
        .filter(auth_session::id.eq(id))
        .select((auth_session::all_columns, User::as_select()))
        .get_result(conn)
        .optional()
}

/// All sessions of a user, in order of their ids.
pub fn sessions_of(conn: &mut SqliteConnection, user_id: &str) -> QueryResult<Vec<SessionRow>> {
    auth_session::table
        .filter(auth_session::user_id.eq(user_id))
        .order(auth_session::id)
        .select(auth_session::all_columns)
        .load(conn)
}

/// The session that was renewed from this one.
pub fn renewed_session(conn: &mut SqliteConnection, renewed_from: &str) -> QueryResult<Option<SessionRow>> {
    auth_session::table
        .filter(auth_session::renewed_from.eq(renewed_from))
        .select(auth_session::all_columns)
        .get_result(conn)
        .optional()
}

/// Changes nothing, and holds the row of a session that is not dead.
pub fn lock_live_session(conn: &mut SqliteConnection, id: &str, now: UnixMillis) -> QueryResult<usize> {
    let live = auth_session::table
        .filter(auth_session::id.eq(id))
        .filter(auth_session::idle_expires.ge(now.as_millis()));
    diesel::update(live).set(auth_session::idle_expires.eq(auth_session::idle_expires)).execute(conn)
}

/// Deletes a session whose `created_at` is not set.
pub fn delete_unpresented_session(conn: &mut SqliteConnection, id: &str) -> QueryResult<usize> {
    let unpresented =
        auth_session::table.filter(auth_session::id.eq(id)).filter(auth_session::created_at.is_null());
    diesel::delete(unpresented).execute(conn)
}

/// Changes nothing, and holds the row of the user whose session this is.
pub fn lock_user_of_session(conn: &mut SqliteConnection, id: &str) -> QueryResult<usize> {
    let owner = auth_session::table.filter(auth_session::id.eq(id)).select(auth_session::user_id);
    diesel::update(auth_user::table.filter(auth_user::id.eq_any(owner)))
        .set(auth_user::id.eq(auth_user::id))
        .execute(conn)
}

/// Sets `created_at` where it is not set.
pub fn mark_presented(conn: &mut SqliteConnection, id: &str, created_at: UnixMillis) -> QueryResult<usize> {
    let unpresented =
        auth_session::table.filter(auth_session::id.eq(id)).filter(auth_session::created_at.is_null());
    diesel::update(unpresented).set(auth_session::created_at.eq(created_at.as_millis())).execute(conn)
}

/// Sets `created_at`.
pub fn set_created_at(conn: &mut SqliteConnection, id: &str, created_at: i64) -> QueryResult<usize> {
    diesel::update(auth_session::table.filter(auth_session::id.eq(id)))
        .set(auth_session::created_at.eq(created_at))
        .execute(conn)
}

/// Lets a session that would end later end then.
pub fn end_session_by(conn: &mut SqliteConnection, id: &str, ends: UnixMillis) -> QueryResult<usize> {
    let longer = auth_session::table
        .filter(auth_session::id.eq(id))
        .filter(auth_session::idle_expires.gt(ends.as_millis()));
    diesel::update(longer).set(auth_session::idle_expires.eq(ends.as_millis())).execute(conn)
}

/// Deletes these sessions.
pub fn delete_sessions(conn: &mut SqliteConnection, ids: &[String]) -> QueryResult<usize> {
    diesel::delete(auth_session::table.filter(auth_session::id.eq_any(ids))).execute(conn)
}

/// Deletes all sessions of a user.
pub fn delete_sessions_of(conn: &mut SqliteConnection, user_id: &str) -> QueryResult<usize> {
    diesel::delete(auth_session::table.filter(auth_session::user_id.eq(user_id))).execute(conn)
}

/// The ids of dead sessions, so many at most.
pub fn dead_sessions(
    conn: &mut SqliteConnection,
    user_id: Option<&str>,
    now: UnixMillis,
    limit: u32,
) -> QueryResult<Vec<String>> {
    let dead = auth_session::table
        .filter(auth_session::idle_expires.lt(now.as_millis()))
        .select(auth_session::id)
        .limit(i64::from(limit));
    match user_id {
        Some(user_id) => dead.filter(auth_session::user_id.eq(user_id)).load(conn),
        None => dead.load(conn),
    }
}

/// Deletes those of these sessions that are dead.
pub fn delete_dead_sessions(
    conn: &mut SqliteConnection,
    ids: &[String],
    now: UnixMillis,
) -> QueryResult<usize> {
    let dead = auth_session::table
        .filter(auth_session::id.eq_any(ids))
        .filter(auth_session::idle_expires.lt(now.as_millis()));
    diesel::delete(dead).execute(conn)
}
