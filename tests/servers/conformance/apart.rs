//! Users in one SQL database, sessions in another.

use diesel::{MysqlConnection, PgConnection};
use diesel_async::pooled_connection::deadpool::Pool;
use diesel_async::{AsyncMysqlConnection, AsyncPgConnection};
use lucia::Split;
use lucia::conformance::Setup;
use lucia::diesel::{
    AsyncPooled, DieselAdapter, DieselSessions, MigrateConnection, PoolConnection, Pooled,
    SESSION_MIGRATIONS, SqlitePool,
};
use lucia_server_tests::Database;
use tempfile::TempDir;

use crate::user::User;
use crate::{postgres, sqlite, users};

pub(crate) struct SessionsOnSqlite {
    users: Database,
    sessions: TempDir,
}

impl Setup for SessionsOnSqlite {
    type User = User;
    type Adapter = Split<DieselAdapter<User, Pooled<PgConnection>>, DieselSessions<SqlitePool>>;

    async fn empty() -> Self {
        Self { users: postgres(), sessions: TempDir::new().unwrap() }
    }

    async fn adapter(&self) -> Self::Adapter {
        let sessions = SqlitePool::open(self.sessions.path().join("sessions.db")).unwrap();
        // The second adapter finds it done.
        sessions.migrate(&SESSION_MIGRATIONS).unwrap();
        Split {
            user: DieselAdapter::new(Pooled::postgres(&self.users.url()).unwrap()),
            session: DieselSessions::new(sessions),
        }
    }

    users!();
}

/// Users on SQLite, and sessions in an empty database of a server, with a pool for its URL.
macro_rules! sessions_on {
    ($name:ident: $pool:ty, $database:ident, |$server:ident| $open:expr) => {
        pub(crate) struct $name {
            users: lucia_tests::Database,
            sessions: Database,
        }

        impl Setup for $name {
            type User = User;
            type Adapter = Split<DieselAdapter<User, SqlitePool>, DieselSessions<$pool>>;

            async fn empty() -> Self {
                Self { users: sqlite(), sessions: Database::$database("") }
            }

            async fn adapter(&self) -> Self::Adapter {
                let $server = &self.sessions;
                Split {
                    user: DieselAdapter::new(SqlitePool::open(self.users.path()).unwrap()),
                    session: DieselSessions::new($open),
                }
            }

            users!();
        }
    };
}
pub(crate) use sessions_on;

pub(crate) fn migrated<C: PoolConnection + MigrateConnection>(pool: Pooled<C>) -> Pooled<C> {
    pool.migrate(&SESSION_MIGRATIONS).unwrap();
    pool
}

sessions_on!(SessionsOnPostgres: Pooled<PgConnection>, emptied_postgres, |server| {
    migrated(Pooled::postgres(&server.url()).unwrap())
});
sessions_on!(SessionsOnMariaDb: Pooled<MysqlConnection>, emptied_mariadb, |server| {
    migrated(Pooled::mysql(&server.url()).unwrap())
});
sessions_on!(SessionsOnAsyncPostgres: AsyncPooled<Pool<AsyncPgConnection>>, emptied_postgres, |server| {
    let pool = AsyncPooled::postgres(&server.async_url()).await.unwrap();
    pool.migrate(&SESSION_MIGRATIONS).await.unwrap();
    pool
});
sessions_on!(SessionsOnAsyncMariaDb: AsyncPooled<Pool<AsyncMysqlConnection>>, emptied_mariadb, |server| {
    let pool = AsyncPooled::mysql(&server.async_url()).await.unwrap();
    pool.migrate(&SESSION_MIGRATIONS).await.unwrap();
    pool
});

lucia::conformance!(sessions_on_sqlite: SessionsOnSqlite);
lucia::conformance!(sessions_on_postgres: SessionsOnPostgres);
lucia::conformance!(sessions_on_mariadb: SessionsOnMariaDb);
lucia::conformance!(sessions_on_postgres_by_diesel_async: SessionsOnAsyncPostgres);
lucia::conformance!(sessions_on_mariadb_by_diesel_async: SessionsOnAsyncMariaDb);
