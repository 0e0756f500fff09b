//! [`SqlitePool`]: connections to one SQLite file, as this library opens them.
//!
//! Readers and the writer are apart. A reader never waits for a lock, so a read runs at once, on the calling thread,
//! when a reader is free; the writer is one, so that writers queue here, in order, and not inside SQLite.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Error as R2d2Error, Pool};
use diesel::{Connection, SqliteConnection};
use tokio::sync::Semaphore;

use super::driver::{Blocking, Work};
use super::pool::{PoolConnection, acquire, connection, run_blocking};
use super::violation::is_busy;
use super::{Connect, DieselAdapter, EmbeddedMigrations, Queries, migrations};
use crate::Result;
use crate::adapter::{AnyAdapter, Store};
#[cfg(feature = "audit")]
use crate::audit::{Audited, Finding, audit};
use crate::error::{Error, Kind};

/// How long a call waits for a connection or for another process's lock.
const PATIENCE: Duration = Duration::from_secs(5);

type SqliteConnections = Pool<ConnectionManager<SqliteConnection>>;

/// Connections to one SQLite file: several that read and one that writes, in WAL mode, with foreign keys enforced.
///
/// Cloning it is cheap; the clones share the connections.
#[derive(Clone)]
pub struct SqlitePool {
    readers: SqliteConnections,
    writer: SqliteConnections,
    reading: Arc<Semaphore>,
    writing: Arc<Semaphore>,
}

impl SqlitePool {
    /// Opens a database file, which is made when there is none, with four readers.
    ///
    /// # Errors
    ///
    /// [`is_config`](Error::is_config) for an empty name and for `:memory:`, of which every connection would have its own;
    /// [`is_unavailable`](Error::is_unavailable) when the file cannot be opened.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        Self::open_with_readers(path, 4)
    }

    /// As [`open`](Self::open), with so many readers: as many reads can run at once.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open); [`is_config`](Error::is_config) for no readers.
    pub fn open_with_readers(path: impl AsRef<Path>, readers: u32) -> Result<Self> {
        let path =
            path.as_ref().to_str().ok_or_else(|| Error::config("the name of the database is not UTF-8"))?;
        let path = path.strip_prefix("sqlite://").unwrap_or(path);
        if path.is_empty() || path.contains(":memory:") || path.contains("mode=memory") {
            return Err(Error::config(
                "a database in memory belongs to one connection; name a file, or use `auth.on(&mut connection)`",
            ));
        }
        if readers == 0 {
            return Err(Error::config("at least one connection has to read; ask for 1 reader or more"));
        }
        // A file that cannot be opened is known at once; the pools would go on trying for as long as they are patient.
        SqliteConnection::establish(path).map_err(Error::unavailable)?;
        // The writer first: it makes the file and sets it to WAL, which readers may not.
        let writer = open(path, 1, Role::Writer)?;
        Ok(Self {
            readers: open(path, readers, Role::Reader)?,
            writer,
            reading: Arc::new(Semaphore::new(readers as usize)),
            writing: Arc::new(Semaphore::new(1)),
        })
    }

    async fn write_with<T: Send + 'static>(
        &self,
        body: impl FnOnce(&mut SqliteConnection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let permit = acquire(&self.writing, PATIENCE).await?;
        let pool = self.writer.clone();
        run_blocking(move || {
            let outcome = connection(&pool).and_then(|mut connection| body(&mut connection));
            drop(permit);
            outcome
        })
        .await
    }

    /// Runs `body` on a reader, and once more on the writer, which waits, when somebody holds the whole file.
    fn read_blocking<T>(&self, body: impl Fn(&mut SqliteConnection) -> Result<T>) -> Result<T> {
        match connection(&self.readers).and_then(|mut connection| body(&mut connection)) {
            Err(error) if is_busy(&error) => {
                connection(&self.writer).and_then(|mut connection| body(&mut connection))
            }
            outcome => outcome,
        }
    }

    /// Runs those of the app's [`migrations!`](crate::migrations) that the database has not seen yet, on the calling thread.
    ///
    /// # Errors
    ///
    /// Those of [`run_migrations`](super::run_migrations).
    pub fn migrate(&self, migrations: &EmbeddedMigrations) -> Result<()> {
        migrations::run_and_say(&mut *connection(&self.writer)?, migrations)
    }

    /// What is not as it should be in the database for the tables of `U`, looked at on the calling thread: see
    /// [`lucia::audit`](crate::audit).
    ///
    /// # Errors
    ///
    /// Those of [`audit`](crate::audit::audit()).
    #[cfg(feature = "audit")]
    pub fn audit<U: Audited>(&self) -> Result<Vec<Finding>> {
        audit::<U, _>(&mut *connection(&self.writer)?)
    }
}

impl<U: Queries<diesel::sqlite::Sqlite>> Store<U> for SqlitePool {
    fn into_adapter(self) -> AnyAdapter<U> {
        AnyAdapter::new(DieselAdapter::new(self))
    }
}

impl fmt::Debug for SqlitePool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqlitePool").field("readers", &self.readers.max_size()).finish_non_exhaustive()
    }
}

impl Connect for SqlitePool {
    type Driver = Blocking<SqliteConnection>;

    async fn read<I, T>(&self, work: Work<SqliteConnection, I, T>) -> Result<T>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
    {
        if let Some(mut connection) = self.readers.try_get() {
            match work.start(&mut connection).now() {
                Err(error) if is_busy(&error) => {}
                outcome => return outcome,
            }
        }
        let permit = acquire(&self.reading, PATIENCE).await?;
        let pool = self.clone();
        run_blocking(move || {
            let outcome = pool.read_blocking(|connection| work.start(connection).now());
            drop(permit);
            outcome
        })
        .await
    }

    async fn statement<I, T>(&self, work: Work<SqliteConnection, I, T>) -> Result<T>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
    {
        self.write_with(move |connection| work.start(connection).now()).await
    }

    async fn write<I, T>(&self, work: Work<SqliteConnection, I, T>) -> Result<T>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
    {
        self.write_with(move |connection| {
            connection.immediate_transaction(|connection| work.start(connection).now())
        })
        .await
    }
}

fn open(path: &str, size: u32, role: Role) -> Result<SqliteConnections> {
    Pool::builder()
        .max_size(size)
        .test_on_check_out(false)
        .connection_timeout(PATIENCE)
        .connection_customizer(Box::new(role))
        .build(ConnectionManager::new(path))
        .map_err(|error| Kind::Unavailable(Some(Box::new(error))).into())
}

/// What a connection is for, which decides how it is set up.
#[derive(Clone, Copy, Debug)]
enum Role {
    Reader,
    Writer,
}

impl CustomizeConnection<SqliteConnection, R2d2Error> for Role {
    fn on_acquire(&self, connection: &mut SqliteConnection) -> Result<(), R2d2Error> {
        // `busy_timeout` comes first, so that the pragmas after it wait too.
        let pragmas = match self {
            Self::Writer => {
                "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; \
                 PRAGMA foreign_keys = ON;"
            }
            Self::Reader => "PRAGMA busy_timeout = 0; PRAGMA foreign_keys = ON; PRAGMA query_only = ON;",
        };
        connection.batch_execute(pragmas).map_err(R2d2Error::QueryError)
    }
}

impl PoolConnection for SqliteConnection {
    // SQLite has one writer, and its way of waiting for it is not fair; ours is.
    const WRITERS: Option<usize> = Some(1);

    fn set_up(&mut self) -> diesel::QueryResult<()> {
        self.batch_execute("PRAGMA foreign_keys = ON")
    }

    fn write_transaction<T>(&mut self, body: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.immediate_transaction(body)
    }

    // A file is not lost.
    fn discard(&mut self) {}
}
