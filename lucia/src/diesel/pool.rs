//! [`Pooled`]: a pool of Diesel's own connections, of ours or of the app's making.

use std::fmt;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use diesel::connection::{LoadConnection, TransactionManager};
use diesel::r2d2::{ConnectionManager, Pool, PooledConnection, R2D2Connection};
#[cfg(any(feature = "postgres", feature = "mysql"))]
use diesel::r2d2::{CustomizeConnection, Error as R2d2Error};
use tokio::sync::Semaphore;

use super::attempts::{Attempts, Begun, is_lost};
use super::deadline::within;
use super::driver::{Blocking, Work};
use super::migrations::run_and_say;
use super::runtime::runtime;
use super::{Connect, DieselAdapter, EmbeddedMigrations, MigrateConnection, Queries};
use crate::Result;
use crate::adapter::{AnyAdapter, Store};
#[cfg(feature = "audit")]
use crate::audit::{AuditBackend, Audited, Finding, audit};
use crate::error::{Error, Kind};

/// How long a call waits for a connection of a pool that this library opens.
#[cfg(any(feature = "postgres", feature = "mysql"))]
const PATIENCE: Duration = Duration::from_secs(5);

/// A pool of Diesel's `r2d2`. Every body runs on a thread that may block.
///
/// A task waits for a connection before it takes such a thread, so that waiting for the database leaves threads to
/// whatever else needs them.
///
/// What the server has undone since another transaction was in the way is begun again, up to twenty times; so is what was to be
/// begun on a connection that had been lost. Whatever was lost later is [unavailable](Error::is_unavailable), since it may have
/// happened: nothing is done twice. An answer that does not come within fifteen seconds is unavailable too.
///
/// In a pool that the app made itself, foreign keys are turned on in SQLite's connections. The rest is the app's affair: how long
/// SQLite waits for another process (`PRAGMA busy_timeout`, which is 0 unless the pool sets it) and a server for a lock, and that
/// MySQL's `sql_mode` is a strict one. Without `test_on_check_out(false)`, the pool asks the server once more for each call.
pub struct Pooled<C: R2D2Connection + 'static> {
    pool: Pool<ConnectionManager<C>>,
    /// As many as the pool has connections.
    connections: Arc<Semaphore>,
    /// As many as may write at once.
    writers: Arc<Semaphore>,
}

/// A connection that a pool can be made of. What is given here is for servers.
pub trait PoolConnection: LoadConnection + R2D2Connection + 'static {
    /// How many transactions may write at once in this process; `None` for as many as there are connections.
    const WRITERS: Option<usize> = None;

    /// Sets what this library relies on, each time a connection is taken out of a pool that somebody else made.
    ///
    /// # Errors
    ///
    /// Those of the statement.
    fn set_up(&mut self) -> diesel::QueryResult<()> {
        Ok(())
    }

    /// Runs `body` in a transaction that is to write.
    ///
    /// # Errors
    ///
    /// Those of the body and of the transaction's own statements.
    fn write_transaction<T>(&mut self, body: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.transaction(body)
    }

    /// Sees to it that the pool closes the connection when it comes back.
    fn discard(&mut self) {
        Self::TransactionManager::transaction_manager_status_mut(self).set_in_error();
    }
}

impl<C: PoolConnection> Pooled<C> {
    /// Connections of this pool.
    #[must_use]
    pub fn new(pool: Pool<ConnectionManager<C>>) -> Self {
        let size = pool.max_size() as usize;
        Self {
            connections: Arc::new(Semaphore::new(size)),
            writers: Arc::new(Semaphore::new(C::WRITERS.unwrap_or(size))),
            pool,
        }
    }

    /// A pool of ten connections, each of which begins with these statements.
    #[cfg(any(feature = "postgres", feature = "mysql"))]
    pub(super) fn open(url: &str, settings: &'static str) -> Result<Self> {
        // What is wrong with the URL is said at once; the pool would go on trying for as long as it is patient.
        C::establish(url).map_err(Error::unavailable)?;
        let pool = Pool::builder()
            .max_size(10)
            .min_idle(Some(1))
            // A connection that was lost is noticed when it is used, without asking the server each time.
            .test_on_check_out(false)
            .connection_timeout(PATIENCE)
            .connection_customizer(Box::new(Settings(settings)))
            .build(ConnectionManager::new(url))
            .map_err(Error::unavailable)?;
        Ok(Self::new(pool))
    }

    /// Runs those of the app's [`migrations!`](crate::migrations) that the database has not seen yet, on the calling thread.
    ///
    /// # Errors
    ///
    /// Those of [`run_migrations`](super::run_migrations).
    pub fn migrate(&self, migrations: &EmbeddedMigrations) -> Result<()>
    where
        C: MigrateConnection,
    {
        // Not given back, with what it takes to be patient.
        let mut connection = connection(&self.pool)?;
        let outcome = run_and_say(&mut *connection, migrations);
        connection.discard();
        outcome
    }

    /// What is not as it should be in the database for the tables of `U`, looked at on the calling thread: see
    /// [`lucia::audit`](crate::audit).
    ///
    /// # Errors
    ///
    /// Those of [`audit`](crate::audit::audit()).
    #[cfg(feature = "audit")]
    pub fn audit<U: Audited>(&self) -> Result<Vec<Finding>>
    where
        C::Backend: AuditBackend,
    {
        attempt(&self.pool, |connection, _| audit::<U, C>(connection))
    }

    /// Runs `body` on a thread that may block, once there is a connection for it.
    async fn run<T: Send + 'static>(
        &self,
        body: impl FnOnce(&Pool<ConnectionManager<C>>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let permit = acquire(&self.connections, self.pool.connection_timeout()).await?;
        let pool = self.pool.clone();
        let answer = run_blocking(move || {
            let outcome = body(&pool);
            drop(permit);
            outcome
        });
        // A server that neither answers nor closes the connection keeps that thread, and nobody else.
        within(pin!(answer)).await
    }

    async fn run_writer<T: Send + 'static>(
        &self,
        body: impl FnOnce(&Pool<ConnectionManager<C>>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let writer = acquire(&self.writers, self.pool.connection_timeout()).await?;
        self.run(move |pool| {
            let outcome = body(pool);
            drop(writer);
            outcome
        })
        .await
    }
}

/// The statements that each connection of a pool of ours begins with.
#[cfg(any(feature = "postgres", feature = "mysql"))]
#[derive(Debug)]
struct Settings(&'static str);

#[cfg(any(feature = "postgres", feature = "mysql"))]
impl<C: PoolConnection> CustomizeConnection<C, R2d2Error> for Settings {
    fn on_acquire(&self, connection: &mut C) -> Result<(), R2d2Error> {
        connection.batch_execute(self.0).map_err(R2d2Error::QueryError)
    }
}

/// Runs `body` on a connection of the pool, as often as it may be run: see [`Attempts`]. It says when it has begun what cannot
/// be begun again.
fn attempt<C: PoolConnection, T>(
    pool: &Pool<ConnectionManager<C>>,
    mut body: impl FnMut(&mut C, &mut Begun) -> Result<T>,
) -> Result<T> {
    let mut attempts = Attempts::new(pool.max_size());
    loop {
        let mut connection = connection(pool)?;
        let mut begun = Begun::No;
        let outcome =
            connection.set_up().map_err(Error::from).and_then(|()| body(&mut connection, &mut begun));
        let Err(error) = outcome else { return outcome };
        if is_lost(&error) {
            connection.discard();
        }
        drop(connection);
        let Some(pause) = attempts.again(&error, begun) else { return Err(error) };
        std::thread::sleep(pause);
    }
}

impl<U, C> Store<U> for Pooled<C>
where
    C: PoolConnection,
    U: Queries<C::Backend>,
{
    fn into_adapter(self) -> AnyAdapter<U> {
        AnyAdapter::new(DieselAdapter::new(self))
    }
}

/// The clones share the connections.
impl<C: R2D2Connection + 'static> Clone for Pooled<C> {
    fn clone(&self) -> Self {
        Self {
            pool: self.pool.clone(),
            connections: Arc::clone(&self.connections),
            writers: Arc::clone(&self.writers),
        }
    }
}

impl<C: R2D2Connection> fmt::Debug for Pooled<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pooled").field("state", &self.pool.state()).finish_non_exhaustive()
    }
}

impl<C: PoolConnection> Connect for Pooled<C> {
    type Driver = Blocking<C>;

    async fn read<I, T>(&self, work: Work<C, I, T>) -> Result<T>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
    {
        self.run(move |pool| attempt(pool, |connection, _| work.start(connection).now())).await
    }

    async fn statement<I, T>(&self, work: Work<C, I, T>) -> Result<T>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
    {
        self.run_writer(move |pool| {
            attempt(pool, |connection, begun| {
                *begun = Begun::Yes;
                work.start(connection).now()
            })
        })
        .await
    }

    async fn write<I, T>(&self, work: Work<C, I, T>) -> Result<T>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
    {
        self.run_writer(move |pool| {
            attempt(pool, |connection, begun| {
                connection.write_transaction(|connection| {
                    *begun = Begun::Yes;
                    work.start(connection).now()
                })
            })
        })
        .await
    }
}

/// A permit, or [`is_unavailable`](Error::is_unavailable) when none comes in time.
pub(super) async fn acquire(
    semaphore: &Arc<Semaphore>,
    patience: Duration,
) -> Result<tokio::sync::OwnedSemaphorePermit> {
    // Mostly there is one, and no timer is needed.
    if let Ok(permit) = Arc::clone(semaphore).try_acquire_owned() {
        return Ok(permit);
    }
    runtime()?;
    match tokio::time::timeout(patience, Arc::clone(semaphore).acquire_owned()).await {
        Ok(Ok(permit)) => Ok(permit),
        Ok(Err(closed)) => Err(Kind::Unavailable(Some(Box::new(closed))).into()),
        Err(elapsed) => Err(Kind::Unavailable(Some(Box::new(elapsed))).into()),
    }
}

/// A connection of the pool; waits for one no longer than the pool is set to.
pub(super) fn connection<C: R2D2Connection + 'static>(
    pool: &Pool<ConnectionManager<C>>,
) -> Result<PooledConnection<ConnectionManager<C>>> {
    pool.get().map_err(|error| Error::from(Kind::Unavailable(Some(Box::new(error)))))
}

/// Runs `body` on a thread that may block. Should the caller go away, the body still runs to its end.
pub(super) async fn run_blocking<T: Send + 'static>(
    body: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    match runtime()?.spawn_blocking(body).await {
        Ok(outcome) => outcome,
        // The body panicked, or the runtime is shutting down.
        Err(error) => Err(Kind::Unavailable(Some(Box::new(error))).into()),
    }
}
