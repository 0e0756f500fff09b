//! The single queries on the tables of one user type, listed once; those on sessions apart, since sessions can have a database of
//! their own.
//!
//! The derive implements them by `__queries!` (see `templates`): as [`Queries`] for each backend whose feature is on, generic
//! over the connection, and as [`QueriesOn`] for each connection of `diesel-async` whose feature is on. What is made of several
//! queries is ordinary code, in `steps`.

use std::future::{Future, ready};

use diesel::backend::Backend;
use diesel::connection::LoadConnection;
use diesel::result::QueryResult;

use super::driver::{Blocking, Driver};
use crate::{LuciaUser, StoredKey, StoredSession, UnixMillis, UserId, Value};

/// The columns of a key, in the order in which they are selected.
pub type KeyRow = (String, UserId, bool, Option<String>, Option<i64>);

/// The columns of a session, in the order in which they are selected.
pub type SessionRow = (String, UserId, i64, i64, Option<i64>, Option<i64>, Option<String>);

/// From a list of queries: the trait for Diesel's own connections, the one for any, and that the first is enough for the
/// second.
macro_rules! queries {
    (
        $(#[$of_backend:meta])* trait $queries:ident: $of:path $(, $parent:ident)?;
        $(#[$of_driver:meta])* trait $queries_on:ident $(: $parent_on:ident)?;
        $($(#[$doc:meta])* fn $name:ident($($arg:ident: $type:ty),*) -> $output:ty;)*
    ) => {
        $(#[$of_backend])*
        pub trait $queries<DB: Backend>: $of $(+ $parent<DB>)? {
            $($(#[$doc])* fn $name<C: LoadConnection<Backend = DB>>(conn: &mut C, $($arg: $type),*) -> QueryResult<$output>;)*
        }

        $(#[$of_driver])*
        pub trait $queries_on<D: Driver>: $of $(+ $parent_on<D>)? {
            $($(#[$doc])* fn $name(
                conn: &mut D::Connection,
                $($arg: $type),*
            ) -> impl Future<Output = QueryResult<$output>> + Send;)*
        }

        #[diagnostic::do_not_recommend]
        impl<U, C> $queries_on<Blocking<C>> for U
        where
            U: $queries<C::Backend>,
            C: LoadConnection + Send,
        {
            $(fn $name(conn: &mut C, $($arg: $type),*) -> impl Future<Output = QueryResult<$output>> + Send {
                ready(<Self as $queries<C::Backend>>::$name(conn, $($arg),*))
            })*
        }
    };
}

queries! {
    /// The queries that the adapter on Diesel is made of. Each is one statement, and each count is of the rows that it
    /// changed. Statements that change nothing but count ("lock") hold the row until the transaction ends.
    #[diagnostic::on_unimplemented(
        message = "users of type `{Self}` cannot be kept on this database",
        label = "no queries for this database",
        note = "turn on lucia's feature for it: `sqlite`, `postgres` or `mysql`"
    )]
    trait Queries: LuciaUser, SessionQueries;

    /// The same queries on one kind of connection, whether they block or not.
    #[diagnostic::on_unimplemented(
        message = "users of type `{Self}` cannot be kept on this kind of connection",
        label = "no queries for this kind of connection",
        note = "turn on lucia's feature for it: `sqlite`, `postgres` or `mysql`, and for a connection of `diesel-async` \
                `postgres-async` or `mysql-async`"
    )]
    trait QueriesOn: SessionQueriesOn;

    /// Inserts a user, every column given.
    fn insert_user(user: &Self) -> usize;
    /// The user with this id.
    fn user(id: &str) -> Option<Self>;
    /// The user whose key this is, and the id of the key as stored.
    fn user_by_key(key_id: &str) -> Option<(String, Self)>;
    /// The user whose unique attributes, those at this place of [`LuciaUser::UNIQUE`], have these values for the database,
    /// of which a collation may find what differs in bytes.
    fn user_by_unique(index: usize, values: &[Value]) -> Option<Self>;
    /// Sets the columns that the changes name.
    fn update_user(id: &str, changes: &Self::Changes) -> usize;
    /// Changes nothing, and holds the row.
    fn lock_user(id: &str) -> usize;
    /// Deletes the row of a user.
    fn delete_user(id: &str) -> usize;

    /// Inserts a key.
    fn insert_key(key: &StoredKey) -> usize;
    /// The key with this id.
    fn key(id: &str) -> Option<KeyRow>;
    /// All keys of a user, in order of their ids.
    fn keys_of(user_id: &str) -> Vec<KeyRow>;
    /// Changes nothing, and holds the row of a persistent key that still has this owner and this hash.
    fn lock_key(id: &str, user_id: &str, password: Option<&str>) -> usize;
    /// Deletes a single-use key that still has this hash and has not expired.
    fn consume_key(id: &str, password: Option<&str>, now: UnixMillis) -> usize;
    /// Replaces a hash that still is the old one.
    fn set_password(id: &str, old: Option<&str>, new: Option<&str>) -> usize;
    /// Gives a key another id.
    fn rename_key(id: &str, new: &str) -> usize;
    /// Deletes a key that is not primary.
    fn delete_secondary_key(id: &str) -> usize;
    /// Deletes all keys of a user.
    fn delete_keys_of(user_id: &str) -> usize;
    /// The ids of expired single-use keys, so many at most.
    fn expired_keys(user_id: Option<&str>, now: UnixMillis, limit: u32) -> Vec<String>;
    /// Deletes those of these keys that have expired.
    fn delete_expired_keys(ids: &[String], now: UnixMillis) -> usize;

    /// The session with this id and its user, by one join.
    fn session_and_user(id: &str) -> Option<(SessionRow, Self)>;
    /// Changes nothing, and holds the row of the user whose session this is.
    fn lock_user_of_session(id: &str) -> usize;
}

queries! {
    /// Those on sessions that have a database of their own, where a row for each user takes the place of the user's.
    #[diagnostic::on_unimplemented(
        message = "sessions cannot be kept on this database",
        label = "no queries for this database",
        note = "turn on lucia's feature for it: `sqlite`, `postgres` or `mysql`"
    )]
    trait ApartQueries: SessionsOf, SessionQueries;

    /// The same queries on one kind of connection, whether they block or not.
    #[diagnostic::on_unimplemented(
        message = "sessions cannot be kept on this kind of connection",
        label = "no queries for this kind of connection",
        note = "turn on lucia's feature for it: `sqlite`, `postgres` or `mysql`, and for a connection of `diesel-async` \
                `postgres-async` or `mysql-async`"
    )]
    trait ApartQueriesOn: SessionQueriesOn;

    /// Inserts the row of a user, unless it is there.
    fn insert_owner(user_id: &str) -> usize;
    /// Changes nothing, and holds the row of a user.
    fn lock_owner(user_id: &str) -> usize;
    /// Deletes the row of a user.
    fn delete_owner(user_id: &str) -> usize;
}

/// Whose sessions are in a table.
pub trait SessionsOf {
    /// What the table is called.
    const TABLE: &'static str;
}

impl<U: LuciaUser> SessionsOf for U {
    const TABLE: &'static str = U::TABLES.session;
}

queries! {
    /// Those of them that are about the table of sessions alone.
    #[diagnostic::on_unimplemented(
        message = "sessions of `{Self}` cannot be kept on this database",
        label = "no queries for this database",
        note = "turn on lucia's feature for it: `sqlite`, `postgres` or `mysql`"
    )]
    trait SessionQueries: SessionsOf;

    /// The same queries on one kind of connection, whether they block or not.
    #[diagnostic::on_unimplemented(
        message = "sessions of `{Self}` cannot be kept on this kind of connection",
        label = "no queries for this kind of connection",
        note = "turn on lucia's feature for it: `sqlite`, `postgres` or `mysql`, and for a connection of `diesel-async` \
                `postgres-async` or `mysql-async`"
    )]
    trait SessionQueriesOn;

    /// Inserts a session.
    fn insert_session(session: &StoredSession) -> usize;
    /// The session with this id.
    fn session(id: &str) -> Option<SessionRow>;
    /// All sessions of a user, in order of their ids.
    fn sessions_of(user_id: &str) -> Vec<SessionRow>;
    /// The session that was renewed from this one.
    fn renewed_session(renewed_from: &str) -> Option<SessionRow>;
    /// Changes nothing, and holds the row of a session that is not dead.
    fn lock_live_session(id: &str, now: UnixMillis) -> usize;
    /// Sets `created_at` where it is not set.
    fn mark_presented(id: &str, created_at: UnixMillis) -> usize;
    /// Sets `created_at`.
    fn set_created_at(id: &str, created_at: i64) -> usize;
    /// Lets a session that would end later end then.
    fn end_session_by(id: &str, ends: UnixMillis) -> usize;
    /// Deletes a session whose `created_at` is not set.
    fn delete_unpresented_session(id: &str) -> usize;
    /// Deletes these sessions.
    fn delete_sessions(ids: &[String]) -> usize;
    /// Deletes all sessions of a user.
    fn delete_sessions_of(user_id: &str) -> usize;
    /// The ids of dead sessions, so many at most.
    fn dead_sessions(user_id: Option<&str>, now: UnixMillis, limit: u32) -> Vec<String>;
    /// Deletes those of these sessions that are dead.
    fn delete_dead_sessions(ids: &[String], now: UnixMillis) -> usize;
}
