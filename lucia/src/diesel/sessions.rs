//! [`DieselSessions`]: sessions in a database that has no users, with the table and the migrations for it.

use std::fmt;

use super::queries::SessionsOf;
use super::steps::work;
use super::{ApartQueriesOn, Connect, EmbeddedMigration, EmbeddedMigrations};
use crate::adapter::{Renewal, Renewed, SessionAdapter};
use crate::{Result, StoredSession, UnixMillis, UserId};

/// Stores sessions on Diesel, with the connections of `D`, in a database of their own: the half of a [`Split`](crate::Split).
///
#[cfg_attr(
    all(feature = "sqlite", feature = "postgres"),
    doc = "
```no_run
use lucia::diesel::{DieselSessions, Pooled, SESSION_MIGRATIONS, SqlitePool};
use lucia::{Auth, Builder, LuciaUser, Split, UserId};

#[derive(Clone, Debug, LuciaUser)]
pub struct User {
    pub id: UserId,
}

# fn auth() -> lucia::Result<Auth<User>> {
let sessions = SqlitePool::open(\"sessions.db\")?;
sessions.migrate(&SESSION_MIGRATIONS)?;
let auth: Auth<User> = Builder::new(Split {
    user: Pooled::postgres(\"postgres://localhost/app\")?,
    session: DieselSessions::new(sessions),
})
.development()?;
# Ok(auth) }
```
"
)]
///
/// `D` is any [`Connect`]: the pools of this library and of the app, on SQLite, PostgreSQL, and MySQL or MariaDB, by Diesel's own
/// connections and by those of `diesel-async`.
///
/// The table is called `auth_session`, whatever the user struct says, and has the columns of the one that is beside users, without
/// the foreign key. Beside it is `auth_session_user`, with a row for each user whose sessions have been renewed or ended: who does
/// that holds the row, so that one comes after the other. [`SESSION_MIGRATIONS`] makes both.
pub struct DieselSessions<D> {
    connections: D,
}

impl<D> DieselSessions<D> {
    /// Sessions on these connections.
    pub const fn new(connections: D) -> Self {
        Self { connections }
    }
}

impl<D: fmt::Debug> fmt::Debug for DieselSessions<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DieselSessions").field(&self.connections).finish()
    }
}

/// The tables of sessions in a database that has no users. It has the queries of [`DieselSessions`].
#[derive(Debug)]
pub struct SessionTable;

impl SessionsOf for SessionTable {
    const TABLE: &'static str = "auth_session";
}

diesel::table! {
    auth_session (id) {
        id -> Text,
        user_id -> Text,
        active_expires -> BigInt,
        idle_expires -> BigInt,
        created_at -> Nullable<BigInt>,
        absolute_expires -> Nullable<BigInt>,
        renewed_from -> Nullable<Text>,
    }
}

diesel::table! {
    auth_session_user (user_id) {
        user_id -> Text,
    }
}

crate::__for_each_backend! { @apart SessionTable, auth_session, auth_session_user }

/// What makes the tables of [`DieselSessions`], on each database.
///
/// Run it when the app starts, on the pool of the sessions, as `pool.migrate(&SESSION_MIGRATIONS)`, or by
/// [`run_migrations`](super::run_migrations) on one connection. What has run already is not run again. An app that runs its
/// migrations by other means copies the SQL, [`up`](EmbeddedMigration::up), to where they are.
pub const SESSION_MIGRATIONS: EmbeddedMigrations = EmbeddedMigrations::new()
    .sqlite(&[migration(include_str!("sessions/sqlite.sql"))])
    .postgres(&[migration(include_str!("sessions/postgres.sql"))])
    .mysql(&[migration(include_str!("sessions/mysql.sql"))]);

const fn migration(up: &'static str) -> EmbeddedMigration {
    EmbeddedMigration::new("202601010000000001", "2026-01-01-000000-0001_lucia_create_sessions", up)
}

impl<D> SessionAdapter for DieselSessions<D>
where
    D: Connect,
    SessionTable: ApartQueriesOn<D::Driver>,
{
    async fn create_session(&self, session: StoredSession) -> Result<()> {
        self.connections
            .statement(work!(SessionTable, session, |steps, session| steps.create_session(session)))
            .await
    }

    async fn find_session(&self, id: String) -> Result<Option<StoredSession>> {
        self.connections.read(work!(SessionTable, id, |steps, id| steps.find_session(id))).await
    }

    async fn sessions_of(&self, user_id: UserId) -> Result<Vec<StoredSession>> {
        self.connections.read(work!(SessionTable, user_id, |steps, user_id| steps.sessions_of(user_id))).await
    }

    async fn renew_session(&self, renewal: Renewal) -> Result<Renewed> {
        self.connections
            .write(work!(SessionTable, renewal, |steps, renewal| steps.renew_apart(renewal)))
            .await
    }

    async fn present_session(
        &self,
        id: String,
        user_id: UserId,
        now: UnixMillis,
        old_ends: UnixMillis,
    ) -> Result<()> {
        self.connections
            .write(work!(
                SessionTable,
                (id, user_id, now, old_ends),
                |steps, (id, user_id, now, old_ends)| steps.present_apart(id, user_id, *now, *old_ends)
            ))
            .await
    }

    async fn delete_session(&self, id: String) -> Result<()> {
        // A session never changes its user. That is read before the transaction, which has to begin with a lock.
        let Some(session) = self.find_session(id.clone()).await? else { return Ok(()) };
        self.connections
            .write(work!(SessionTable, (session.user_id, id), |steps, (user_id, id)| steps
                .delete_session_apart(user_id, id)))
            .await
    }

    async fn delete_sessions_of(&self, user_id: UserId, keep: Option<String>) -> Result<()> {
        self.connections
            .write(work!(SessionTable, (user_id, keep), |steps, (user_id, keep)| steps
                .delete_sessions_apart(user_id, keep.as_deref())))
            .await
    }

    async fn delete_dead_sessions(
        &self,
        user_id: Option<UserId>,
        now: UnixMillis,
        limit: u32,
    ) -> Result<u32> {
        self.connections
            .statement(work!(SessionTable, (user_id, now, limit), |steps, (user_id, now, limit)| steps
                .delete_dead_sessions(user_id.as_ref(), *now, *limit)))
            .await
    }
}
