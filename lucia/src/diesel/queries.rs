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
#[expect(
    missing_docs,
    reason = "implemented by the derive only; the names and `templates` say what each does"
)]
pub trait Queries<DB: Backend>: LuciaUser {
    fn insert_user<C: LoadConnection<Backend = DB>>(conn: &mut C, user: &Self) -> QueryResult<usize>;
    fn user<C: LoadConnection<Backend = DB>>(conn: &mut C, id: &str) -> QueryResult<Option<Self>>;
    fn user_by_key<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        key_id: &str,
    ) -> QueryResult<Option<(String, Self)>>;
    fn user_by_unique<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        index: usize,
        value: &Value,
    ) -> QueryResult<Option<Self>>;
    fn update_user<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        id: &str,
        changes: &Self::Changes,
    ) -> QueryResult<usize>;
    fn lock_user<C: LoadConnection<Backend = DB>>(conn: &mut C, id: &str) -> QueryResult<usize>;
    fn delete_user<C: LoadConnection<Backend = DB>>(conn: &mut C, id: &str) -> QueryResult<usize>;

    fn insert_key<C: LoadConnection<Backend = DB>>(conn: &mut C, key: &StoredKey) -> QueryResult<usize>;
    fn key<C: LoadConnection<Backend = DB>>(conn: &mut C, id: &str) -> QueryResult<Option<KeyRow>>;
    fn keys_of<C: LoadConnection<Backend = DB>>(conn: &mut C, user_id: &str) -> QueryResult<Vec<KeyRow>>;
    fn lock_key<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        id: &str,
        user_id: &str,
        password: Option<&str>,
    ) -> QueryResult<usize>;
    fn consume_key<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        id: &str,
        password: Option<&str>,
        now: UnixMillis,
    ) -> QueryResult<usize>;
    fn set_password<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        id: &str,
        old: Option<&str>,
        new: Option<&str>,
    ) -> QueryResult<usize>;
    fn rename_key<C: LoadConnection<Backend = DB>>(conn: &mut C, id: &str, new: &str) -> QueryResult<usize>;
    fn delete_secondary_key<C: LoadConnection<Backend = DB>>(conn: &mut C, id: &str) -> QueryResult<usize>;
    fn delete_keys_of<C: LoadConnection<Backend = DB>>(conn: &mut C, user_id: &str) -> QueryResult<usize>;
    fn expired_keys<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        user_id: Option<&str>,
        now: UnixMillis,
        limit: u32,
    ) -> QueryResult<Vec<String>>;
    fn delete_expired_keys<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        ids: &[String],
        now: UnixMillis,
    ) -> QueryResult<usize>;

    fn insert_session<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        session: &StoredSession,
    ) -> QueryResult<usize>;
    fn session<C: LoadConnection<Backend = DB>>(conn: &mut C, id: &str) -> QueryResult<Option<SessionRow>>;
    fn session_and_user<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        id: &str,
    ) -> QueryResult<Option<(SessionRow, Self)>>;
    fn sessions_of<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        user_id: &str,
    ) -> QueryResult<Vec<SessionRow>>;
    fn renewed_session<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        renewed_from: &str,
    ) -> QueryResult<Option<SessionRow>>;
    fn lock_live_session<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        id: &str,
        now: UnixMillis,
    ) -> QueryResult<usize>;
    fn lock_sessions_of<C: LoadConnection<Backend = DB>>(conn: &mut C, user_id: &str) -> QueryResult<usize>;
    fn mark_presented<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        id: &str,
        created_at: UnixMillis,
    ) -> QueryResult<usize>;
    fn set_created_at<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        id: &str,
        created_at: i64,
    ) -> QueryResult<usize>;
    fn end_session_by<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        id: &str,
        ends: UnixMillis,
    ) -> QueryResult<usize>;
    fn delete_sessions<C: LoadConnection<Backend = DB>>(conn: &mut C, ids: &[String]) -> QueryResult<usize>;
    fn delete_sessions_of<C: LoadConnection<Backend = DB>>(conn: &mut C, user_id: &str)
    -> QueryResult<usize>;
    fn dead_sessions<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        user_id: Option<&str>,
        now: UnixMillis,
        limit: u32,
    ) -> QueryResult<Vec<String>>;
    fn delete_dead_sessions<C: LoadConnection<Backend = DB>>(
        conn: &mut C,
        ids: &[String],
        now: UnixMillis,
    ) -> QueryResult<usize>;
}
