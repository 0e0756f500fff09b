//! PostgreSQL by Diesel's own connections.

use diesel::PgConnection;

use super::pool::{PoolConnection, Pooled};
use super::settings;
use crate::Result;

impl PoolConnection for PgConnection {}

impl Pooled<PgConnection> {
    /// Opens a pool of ten connections to a PostgreSQL server, for example `postgres://ada:secret@localhost/app`.
    ///
    /// A statement waits five seconds for a lock. Apps with other needs make the pool themselves, and give it to
    /// [`new`](Self::new).
    ///
    /// # Errors
    ///
    /// [`is_unavailable`](crate::Error::is_unavailable) when the server cannot be reached or refuses the connection.
    pub fn postgres(url: &str) -> Result<Self> {
        Self::open(url, settings::POSTGRES)
    }
}
