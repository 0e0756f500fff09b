//! [`Borrowed`]: the caller's own connection, inside the caller's own transaction.

use std::fmt;
use std::future::ready;
use std::sync::{Mutex, PoisonError};

use diesel::connection::LoadConnection;

use super::Connect;
use super::driver::{Blocking, Work};
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

impl<C: LoadConnection> Borrowed<'_, C> {
    fn in_savepoint<I, T>(&self, work: &Work<C, I, T>) -> Result<T> {
        self.with(|connection| connection.transaction(|connection| work.start(connection).now()))
    }
}

impl<C> fmt::Debug for Borrowed<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Borrowed")
    }
}

impl<C: LoadConnection + Send> Connect for Borrowed<'_, C> {
    type Driver = Blocking<C>;

    fn read<I, T>(&self, work: Work<C, I, T>) -> impl Future<Output = Result<T>> + Send
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
    {
        ready(self.with(|connection| work.start(connection).now()))
    }

    // A unique violation must not abort the caller's transaction on PostgreSQL, hence the savepoint. Other databases
    // undo a refused statement alone, and pay for it what two short statements cost.
    fn statement<I, T>(&self, work: Work<C, I, T>) -> impl Future<Output = Result<T>> + Send
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
    {
        ready(self.in_savepoint(&work))
    }

    fn write<I, T>(&self, work: Work<C, I, T>) -> impl Future<Output = Result<T>> + Send
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
    {
        ready(self.in_savepoint(&work))
    }
}
