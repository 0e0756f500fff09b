//! [`Connect`]: how a step gets a connection, and with which transaction.

use std::future::Future;

use diesel::connection::LoadConnection;

use crate::Result;

/// Something that gives connections to the adapter on Diesel: a pool, or one borrowed connection.
///
/// A body may run more than once where nothing of it has happened yet, so it must not have effects outside the
/// database. It never awaits and opens no transaction of its own.
pub trait Connect: Send + Sync {
    /// The connection.
    type Connection: LoadConnection;

    /// Runs a body that only reads.
    ///
    /// # Errors
    ///
    /// Those of the body; [`is_unavailable`](crate::Error::is_unavailable) and
    /// [`is_overloaded`](crate::Error::is_overloaded) when there is no connection to be had.
    fn read<T, F>(&self, body: F) -> impl Future<Output = Result<T>> + Send
    where
        T: Send + 'static,
        F: Fn(&mut Self::Connection) -> Result<T> + Send + 'static;

    /// Runs a body that is one writing statement, or several that need not hold together.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    fn statement<T, F>(&self, body: F) -> impl Future<Output = Result<T>> + Send
    where
        T: Send + 'static,
        F: Fn(&mut Self::Connection) -> Result<T> + Send + 'static;

    /// Runs a body in a transaction, which an error rolls back.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    fn write<T, F>(&self, body: F) -> impl Future<Output = Result<T>> + Send
    where
        T: Send + 'static,
        F: Fn(&mut Self::Connection) -> Result<T> + Send + 'static;
}
