//! MySQL and MariaDB by Diesel's own connections.

use diesel::MysqlConnection;
use diesel::connection::{AnsiTransactionManager, Connection, TransactionManager};

use super::pool::{PoolConnection, Pooled};
use super::settings;
use crate::Result;

impl PoolConnection for MysqlConnection {
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

impl Pooled<MysqlConnection> {
    /// Opens a pool of ten connections to a MySQL or MariaDB server, for example `mysql://ada:secret@localhost/app`.
    ///
    /// Values that do not fit are refused whatever the server's SQL mode is, and a statement waits five seconds for a lock. Apps
    /// with other needs make the pool themselves, and give it to [`new`](Self::new).
    ///
    /// # Errors
    ///
    /// [`is_unavailable`](crate::Error::is_unavailable) when the server cannot be reached or refuses the connection.
    pub fn mysql(url: &str) -> Result<Self> {
        Self::open(url, settings::MYSQL)
    }
}
