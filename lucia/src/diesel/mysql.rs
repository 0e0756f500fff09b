//! MySQL and MariaDB by Diesel's own connections.

use diesel::MysqlConnection;

use super::pool::{PoolConnection, Pooled};
use super::settings;
use crate::Result;

impl PoolConnection for MysqlConnection {}

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
