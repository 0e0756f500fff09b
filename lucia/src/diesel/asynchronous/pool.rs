//! [`AsyncPool`]: what a pool of `diesel-async` has to be able to do.

use std::future::Future;
use std::ops::DerefMut;

use diesel_async::pooled_connection::{PoolableConnection, deadpool};

use crate::Result;
use crate::error::Error;

/// A pool of `diesel-async`, of whichever kind. That of `deadpool` is one; for another, an app says how a connection is taken
/// out of it.
pub trait AsyncPool: Send + Sync + 'static {
    /// The connections.
    type Connection: PoolableConnection + 'static;

    /// A connection, waiting for one no longer than the pool is patient.
    ///
    /// # Errors
    ///
    /// [`is_unavailable`](Error::is_unavailable) when none is to be had.
    fn get(&self) -> impl Future<Output = Result<impl DerefMut<Target = Self::Connection> + Send>> + Send;

    /// How many connections there are at most.
    fn size(&self) -> u32;
}

/// For one type after the other, since the trait by which `deadpool` knows its connections is its own.
macro_rules! deadpool {
    ($($feature:literal: $connection:ty;)*) => {$(
        #[cfg(feature = $feature)]
        impl AsyncPool for deadpool::Pool<$connection> {
            type Connection = $connection;

            async fn get(&self) -> Result<impl DerefMut<Target = $connection> + Send> {
                deadpool::Pool::get(self).await.map_err(Error::unavailable)
            }

            fn size(&self) -> u32 {
                u32::try_from(self.status().max_size).unwrap_or(u32::MAX)
            }
        }
    )*};
}

deadpool! {
    "postgres-async": diesel_async::AsyncPgConnection;
    "mysql-async": diesel_async::AsyncMysqlConnection;
}
