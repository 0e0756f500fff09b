//! PostgreSQL by Diesel's own connections.

use diesel::PgConnection;
use diesel::connection::{AnsiTransactionManager, Connection, TransactionManager};

use super::pool::{PoolConnection, Pooled};
use super::settings;
use crate::Result;

impl PoolConnection for PgConnection {
    const WRITERS: Option<usize> = None;

    fn set_up(&mut self) -> diesel::QueryResult<()> {
        Ok(())
    }

    fn write_transaction<T>(&mut self, body: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.transaction(body)
    }

    fn discard(&mut self) {
        AnsiTransactionManager::transaction_manager_status_mut(self).set_in_error();
    }
}

impl Pooled<PgConnection> {
    /// Opens a pool of ten connections to a PostgreSQL server, for example `postgres://ada:secret@localhost/app`.
    ///
    /// A statement waits five seconds for a lock and takes ten in all, so that an answer never fails to come. Apps with other
    /// needs make the pool themselves, and give it to [`new`](Self::new).
    ///
    /// # Errors
    ///
    /// [`is_unavailable`](crate::Error::is_unavailable) when the server cannot be reached or refuses the connection.
    pub fn postgres(url: &str) -> Result<Self> {
        Self::open(url, settings::POSTGRES)
    }
}
