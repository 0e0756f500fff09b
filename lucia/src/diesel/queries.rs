//! The single queries on the tables of one user type and one backend.
//!
//! The derive implements them by `__queries!` (see `templates`), one implementation for each backend whose feature is
//! on, generic over the connection. What is made of several queries is ordinary code, in `steps`.

use diesel::backend::Backend;
use diesel::connection::LoadConnection;
use diesel::result::QueryResult;

use crate::{LuciaUser, StoredKey, StoredSession, UnixMillis, UserId, Value};

/// The columns of a key, in the order in which they are selected.
pub type KeyRow = (String, UserId, bool, Option<String>, Option<i64>);

/// The columns of a session, in the order in which they are selected.
pub type SessionRow = (String, UserId, i64, i64, Option<i64>, Option<i64>, Option<String>);

/// The queries that the adapter on Diesel is made of. Each is one statement, and each count is of the rows that it
/// changed. Statements that change nothing but count ("lock") hold the row until the transaction ends.
#[diagnostic::on_unimplemented(
    message = "users of type `{Self}` cannot be kept on this database",
    label = "no queries for this database",
    note = "turn on lucia's feature for it: `sqlite`, `postgres` or `mysql`"
)]
pub trait Queries<DB: Backend>: LuciaUser {
    /// Inserts a user, every column given.
    fn insert_user<C: LoadConnection<Backend = DB>>(conn: &mut C, user: &Self) -> QueryResult<usize>;
    /// The user with this id.
    fn user<C: LoadConnection<Backend = DB>>(conn: &mut C, id: &str) -> QueryResult<Option<Self>>;
    /// The user whose key this is, and the id of the key as stored.
    fn user_by_key<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        key_id: &str,
    ) -> QueryResult<Option<(String, Self)>>;
    /// The user whose unique attributes, those at this place of [`LuciaUser::UNIQUE`], have these values for the database,
    /// of which a collation may find what differs in bytes.
    fn user_by_unique<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        index: usize,
        values: &[Value],
    ) -> QueryResult<Option<Self>>;
    /// Sets the columns that the changes name.
    fn update_user<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        id: &str,
        changes: &Self::Changes,
    ) -> QueryResult<usize>;
    /// Changes nothing, and holds the row.
    fn lock_user<C: LoadConnection<Backend = DB>>(conn: &mut C, id: &str) -> QueryResult<usize>;
    /// Deletes the row of a user.
    fn delete_user<C: LoadConnection<Backend = DB>>(conn: &mut C, id: &str) -> QueryResult<usize>;

    /// Inserts a key.
    fn insert_key<C: LoadConnection<Backend = DB>>(conn: &mut C, key: &StoredKey) -> QueryResult<usize>;
    /// The key with this id.
    fn key<C: LoadConnection<Backend = DB>>(conn: &mut C, id: &str) -> QueryResult<Option<KeyRow>>;
    /// All keys of a user, in order of their ids.
    fn keys_of<C: LoadConnection<Backend = DB>>(conn: &mut C, user_id: &str) -> QueryResult<Vec<KeyRow>>;
    /// Changes nothing, and holds the row of a persistent key that still has this owner and this hash.
    fn lock_key<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        id: &str,
        user_id: &str,
        password: Option<&str>,
    ) -> QueryResult<usize>;
    /// Deletes a single-use key that still has this hash and has not expired.
    fn consume_key<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        id: &str,
        password: Option<&str>,
        now: UnixMillis,
    ) -> QueryResult<usize>;
    /// Replaces a hash that still is the old one.
    fn set_password<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        id: &str,
        old: Option<&str>,
        new: Option<&str>,
    ) -> QueryResult<usize>;
    /// Gives a key another id.
    fn rename_key<C: LoadConnection<Backend = DB>>(conn: &mut C, id: &str, new: &str) -> QueryResult<usize>;
    /// Deletes a key that is not primary.
    fn delete_secondary_key<C: LoadConnection<Backend = DB>>(conn: &mut C, id: &str) -> QueryResult<usize>;
    /// Deletes all keys of a user.
    fn delete_keys_of<C: LoadConnection<Backend = DB>>(conn: &mut C, user_id: &str) -> QueryResult<usize>;
    /// The ids of expired single-use keys, so many at most.
    fn expired_keys<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        user_id: Option<&str>,
        now: UnixMillis,
        limit: u32,
    ) -> QueryResult<Vec<String>>;
    /// Deletes those of these keys that have expired.
    fn delete_expired_keys<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        ids: &[String],
        now: UnixMillis,
    ) -> QueryResult<usize>;

    /// Inserts a session.
    fn insert_session<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        session: &StoredSession,
    ) -> QueryResult<usize>;
    /// The session with this id.
    fn session<C: LoadConnection<Backend = DB>>(conn: &mut C, id: &str) -> QueryResult<Option<SessionRow>>;
    /// The session with this id and its user, by one join.
    fn session_and_user<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        id: &str,
    ) -> QueryResult<Option<(SessionRow, Self)>>;
    /// All sessions of a user, in order of their ids.
    fn sessions_of<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        user_id: &str,
    ) -> QueryResult<Vec<SessionRow>>;
    /// The session that was renewed from this one.
    fn renewed_session<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        renewed_from: &str,
    ) -> QueryResult<Option<SessionRow>>;
    /// Changes nothing, and holds the row of a session that is not dead.
    fn lock_live_session<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        id: &str,
        now: UnixMillis,
    ) -> QueryResult<usize>;
    /// Changes nothing, and holds the row of the user whose session this is.
    fn lock_user_of_session<C: LoadConnection<Backend = DB>>(conn: &mut C, id: &str) -> QueryResult<usize>;
    /// Sets `created_at` where it is not set.
    fn mark_presented<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        id: &str,
        created_at: UnixMillis,
    ) -> QueryResult<usize>;
    /// Sets `created_at`.
    fn set_created_at<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        id: &str,
        created_at: i64,
    ) -> QueryResult<usize>;
    /// Lets a session that would end later end then.
    fn end_session_by<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        id: &str,
        ends: UnixMillis,
    ) -> QueryResult<usize>;
    /// Deletes these sessions.
    fn delete_sessions<C: LoadConnection<Backend = DB>>(conn: &mut C, ids: &[String]) -> QueryResult<usize>;
    /// Deletes all sessions of a user.
    fn delete_sessions_of<C: LoadConnection<Backend = DB>>(conn: &mut C, user_id: &str)
    -> QueryResult<usize>;
    /// The ids of dead sessions, so many at most.
    fn dead_sessions<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        user_id: Option<&str>,
        now: UnixMillis,
        limit: u32,
    ) -> QueryResult<Vec<String>>;
    /// Deletes those of these sessions that are dead.
    fn delete_dead_sessions<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        ids: &[String],
        now: UnixMillis,
    ) -> QueryResult<usize>;
}
