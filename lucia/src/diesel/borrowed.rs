//! [`Borrowed`]: the caller's own connection, inside the caller's own transaction.

use std::fmt;
use std::future::{Future, ready};
use std::sync::{Mutex, PoisonError};

use diesel::connection::LoadConnection;

use super::Connect;
use crate::Result;

/// One connection that belongs to the caller. Everything happens on the calling thread, and is done when the call
/// returns; a step that needs a transaction takes a savepoint of the caller's.
pub struct Borrowed<'c, C>(Mutex<&'c mut C>);

impl<'c, C> Borrowed<'c, C> {
    pub(crate) fn new(connection: &'c mut C) -> Self {
        Self(Mutex::new(connection))
    }

    /// A panic in an earlier body leaves a connection that Diesel itself knows to be broken.
    fn with<T>(&self, body: impl FnOnce(&mut C) -> T) -> T {
        body(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<C> fmt::Debug for Borrowed<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Borrowed")
    }
}

impl<C: LoadConnection + Send> Connect for Borrowed<'_, C> {
    type Connection = C;

    fn read<T, F>(&self, body: F) -> impl Future<Output = Result<T>> + Send
    where
        T: Send + 'static,
        F: Fn(&mut C) -> Result<T> + Send + 'static,
    {
        ready(self.with(body))
    }

    // A unique violation must not abort the caller's transaction on PostgreSQL, hence the savepoint. Other databases
    // undo a refused statement alone, and pay for it what two short statements cost.
    fn statement<T, F>(&self, body: F) -> impl Future<Output = Result<T>> + Send
    where
        T: Send + 'static,
        F: Fn(&mut C) -> Result<T> + Send + 'static,
    {
        ready(self.with(|connection| connection.transaction(&body)))
    }

    fn write<T, F>(&self, body: F) -> impl Future<Output = Result<T>> + Send
    where
        T: Send + 'static,
        F: Fn(&mut C) -> Result<T> + Send + 'static,
    {
        ready(self.with(|connection| connection.transaction(&body)))
    }
}
