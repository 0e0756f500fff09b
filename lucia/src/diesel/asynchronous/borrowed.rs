//! [`AsyncBorrowed`]: the caller's own connection, inside the caller's own transaction.

use std::fmt;

use diesel_async::AsyncConnection;
use tokio::sync::Mutex;

use super::{Async, in_transaction};
use crate::Result;
use crate::diesel::Connect;
use crate::diesel::attempts::Begun;
use crate::diesel::driver::Work;

/// One connection of `diesel-async` that belongs to the caller. A step that needs a transaction takes a savepoint of the
/// caller's.
pub struct AsyncBorrowed<'c, C>(Mutex<&'c mut C>);

impl<'c, C> AsyncBorrowed<'c, C> {
    pub(crate) fn new(connection: &'c mut C) -> Self {
        Self(Mutex::new(connection))
    }
}

impl<C> fmt::Debug for AsyncBorrowed<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AsyncBorrowed")
    }
}

impl<C: AsyncConnection> Connect for AsyncBorrowed<'_, C> {
    type Driver = Async<C>;

    async fn read<I, T>(&self, work: Work<C, I, T>) -> Result<T>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
    {
        work.start(&mut **self.0.lock().await).await
    }

    // As on a connection that blocks: what is refused must not abort the caller's transaction.
    async fn statement<I, T>(&self, work: Work<C, I, T>) -> Result<T>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
    {
        self.write(work).await
    }

    async fn write<I, T>(&self, work: Work<C, I, T>) -> Result<T>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
    {
        in_transaction(&mut **self.0.lock().await, &work, &mut Begun::No).await
    }
}
