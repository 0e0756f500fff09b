//! [`Connect`]: how a step gets a connection, and with which transaction.

use std::future::Future;

use super::driver::{Driver, Work};
use crate::Result;

/// Something that gives connections to the adapter on Diesel: a pool, or one borrowed connection.
///
/// An app that has a pool of another kind implements it: take a connection, begin what the method says, and
/// [`start`](Work::start) the work on it. Work may be started again as long as nothing of it has happened.
///
/// # Example
///
/// A pool of which every connection lives on a thread of its own, where queries may block.
///
/// ```
/// # #[cfg(feature = "sqlite")] mod pool {
/// use std::sync::{Arc, Mutex};
///
/// use diesel::{Connection, SqliteConnection};
/// use lucia::diesel::{Blocking, Connect, Work};
/// use lucia::{Error, Result};
///
/// #[derive(Clone)]
/// struct OneConnection(Arc<Mutex<SqliteConnection>>);
///
/// impl OneConnection {
///     async fn with<T: Send + 'static>(
///         &self,
///         body: impl FnOnce(&mut SqliteConnection) -> Result<T> + Send + 'static,
///     ) -> Result<T> {
///         let connection = Arc::clone(&self.0);
///         let task = tokio::task::spawn_blocking(move || body(&mut connection.lock().expect("no body panics")));
///         task.await.map_err(Error::unavailable)?
///     }
/// }
///
/// impl Connect for OneConnection {
///     type Driver = Blocking<SqliteConnection>;
///
///     async fn read<I, T>(&self, work: Work<SqliteConnection, I, T>) -> Result<T>
///     where
///         I: Send + Sync + 'static,
///         T: Send + 'static,
///     {
///         self.with(move |connection| work.start(connection).now()).await
///     }
///
///     async fn statement<I, T>(&self, work: Work<SqliteConnection, I, T>) -> Result<T>
///     where
///         I: Send + Sync + 'static,
///         T: Send + 'static,
///     {
///         self.with(move |connection| work.start(connection).now()).await
///     }
///
///     async fn write<I, T>(&self, work: Work<SqliteConnection, I, T>) -> Result<T>
///     where
///         I: Send + Sync + 'static,
///         T: Send + 'static,
///     {
///         self.with(move |connection| connection.immediate_transaction(|connection| work.start(connection).now())).await
///     }
/// }
/// # }
/// ```
pub trait Connect: Send + Sync {
    /// What runs the queries.
    type Driver: Driver;

    /// Does work that only reads.
    ///
    /// # Errors
    ///
    /// Those of the work; [`is_unavailable`](crate::Error::is_unavailable) and
    /// [`is_overloaded`](crate::Error::is_overloaded) when there is no connection to be had.
    fn read<I, T>(&self, work: WorkOf<Self, I, T>) -> impl Future<Output = Result<T>> + Send
    where
        I: Send + Sync + 'static,
        T: Send + 'static;

    /// Does work that is one writing statement, or several that need not hold together.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    fn statement<I, T>(&self, work: WorkOf<Self, I, T>) -> impl Future<Output = Result<T>> + Send
    where
        I: Send + Sync + 'static,
        T: Send + 'static;

    /// Does work in a transaction, which an error rolls back.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    fn write<I, T>(&self, work: WorkOf<Self, I, T>) -> impl Future<Output = Result<T>> + Send
    where
        I: Send + Sync + 'static,
        T: Send + 'static;
}

/// Work for the connections of a [`Connect`].
pub type WorkOf<C, I, T> = Work<<<C as Connect>::Driver as Driver>::Connection, I, T>;
