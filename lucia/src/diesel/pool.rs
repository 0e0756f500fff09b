//! [`Pooled`]: a pool that the app has made itself.

use std::fmt;
use std::sync::Arc;

use diesel::connection::{LoadConnection, SimpleConnection};
use diesel::r2d2::{ConnectionManager, Pool, PooledConnection, R2D2Connection};
use tokio::sync::Semaphore;

use super::{Connect, DieselAdapter, Queries};
use crate::Result;
use crate::adapter::{AnyAdapter, Store};
use crate::error::{Error, Kind};

/// A pool of Diesel's `r2d2` that the app made itself. Every body runs on a thread that may block.
///
/// A task waits for a connection before it takes such a thread, so that waiting for the database leaves threads to
/// whatever else needs them.
///
/// Foreign keys are turned on in SQLite's connections. How long they wait for a lock of another process is the app's affair:
/// `PRAGMA busy_timeout`, which is 0 unless the pool sets it.
pub struct Pooled<C: R2D2Connection + 'static> {
    pool: Pool<ConnectionManager<C>>,
    /// As many as the pool has connections.
    connections: Arc<Semaphore>,
    /// As many as may write at once.
    writers: Arc<Semaphore>,
}

/// How a connection begins a transaction that will write.
pub trait WriteTransaction: LoadConnection + R2D2Connection + 'static {
    /// Sets what this library relies on, each time a connection is taken out of a pool that somebody else made.
    ///
    /// # Errors
    ///
    /// Those of the statement.
    fn set_up(&mut self) -> diesel::QueryResult<()>;

    /// How many transactions may write at once in this process; `None` for as many as there are connections.
    const WRITERS: Option<usize>;

    /// Runs `body` in a transaction that is to write.
    ///
    /// # Errors
    ///
    /// Those of the body and of the transaction's own statements.
    fn write_transaction<T>(&mut self, body: impl FnOnce(&mut Self) -> Result<T>) -> Result<T>;
}

#[cfg(feature = "sqlite")]
impl WriteTransaction for diesel::SqliteConnection {
    // SQLite has one writer, and its way of waiting for it is not fair; ours is.
    const WRITERS: Option<usize> = Some(1);

    fn set_up(&mut self) -> diesel::QueryResult<()> {
        self.batch_execute("PRAGMA foreign_keys = ON")
    }

    fn write_transaction<T>(&mut self, body: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.immediate_transaction(body)
    }
}

impl<C: WriteTransaction> Pooled<C> {
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

    async fn run<T: Send + 'static>(
        &self,
        body: impl FnOnce(&mut C) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let permit = acquire(&self.connections, self.pool.connection_timeout()).await?;
        let pool = self.pool.clone();
        run_blocking(move || {
            let outcome = connection(&pool).and_then(|mut connection| {
                connection.set_up()?;
                body(&mut connection)
            });
            drop(permit);
            outcome
        })
        .await
    }

    async fn write_with<T: Send + 'static>(
        &self,
        body: impl FnOnce(&mut C) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let writer = acquire(&self.writers, self.pool.connection_timeout()).await?;
        self.run(move |connection| {
            let outcome = body(connection);
            drop(writer);
            outcome
        })
        .await
    }
}

impl<U, C> Store<U> for Pooled<C>
where
    C: WriteTransaction,
    U: Queries<C::Backend>,
{
    fn into_adapter(self) -> AnyAdapter<U> {
        AnyAdapter::new(DieselAdapter::new(self))
    }
}

impl<C: R2D2Connection> fmt::Debug for Pooled<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pooled").field("state", &self.pool.state()).finish_non_exhaustive()
    }
}

impl<C: WriteTransaction> Connect for Pooled<C> {
    type Connection = C;

    async fn read<T, F>(&self, body: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut C) -> Result<T> + Send + 'static,
    {
        self.run(body).await
    }

    async fn statement<T, F>(&self, body: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut C) -> Result<T> + Send + 'static,
    {
        self.write_with(body).await
    }

    async fn write<T, F>(&self, body: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut C) -> Result<T> + Send + 'static,
    {
        self.write_with(move |connection| connection.write_transaction(&body)).await
    }
}

/// A permit, or [`is_unavailable`](Error::is_unavailable) when none comes in time.
pub(super) async fn acquire(
    semaphore: &Arc<Semaphore>,
    patience: std::time::Duration,
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

/// Tokio's own functions would panic outside of a runtime.
fn runtime() -> Result<tokio::runtime::Handle> {
    tokio::runtime::Handle::try_current().map_err(|error| {
        let message = "a pool needs a Tokio runtime, with time enabled; call it within one, or use `auth.on(&mut connection)`";
        Kind::Config(message.to_owned(), Some(Box::new(error))).into()
    })
}
