//! [`AsyncPool`]: what a pool of `diesel-async` has to be able to do.

use std::future::Future;
use std::ops::DerefMut;

use diesel_async::pooled_connection::{PoolableConnection, deadpool};

use crate::Result;
use crate::error::Error;

/// A pool of `diesel-async`, of whichever kind, which is shared when it is cloned. That of `deadpool` is one; for another, an app
/// says how a connection is taken out of it.
pub trait AsyncPool: Clone + Send + Sync + 'static {
    /// The connections.
    type Connection: PoolableConnection + 'static;

    /// A connection that is in use. It goes back to the pool when it is dropped.
    type Lent: DerefMut<Target = Self::Connection> + Send;

    /// A connection, waiting for one no longer than the pool is patient.
    ///
    /// # Errors
    ///
    /// [`is_unavailable`](Error::is_unavailable) when none is to be had.
    fn get(&self) -> impl Future<Output = Result<Self::Lent>> + Send;

    /// Closes a connection which is broken, at once, since there may be an open transaction on it that holds locks. To drop it is
    /// enough for a pool that looks at what comes back, and not for one that does so only when it is asked for a connection.
    fn close(connection: Self::Lent) {
        drop(connection);
    }

    /// How many connections there are at most.
    fn size(&self) -> u32;
}

/// For one type after the other, since the trait by which `deadpool` knows its connections is its own.
macro_rules! deadpool {
    ($($feature:literal: $connection:ty;)*) => {$(
        #[cfg(feature = $feature)]
        impl AsyncPool for deadpool::Pool<$connection> {
            type Connection = $connection;
            type Lent = deadpool::Object<$connection>;

            async fn get(&self) -> Result<Self::Lent> {
                deadpool::Pool::get(self).await.map_err(Error::unavailable)
            }

            fn close(connection: Self::Lent) {
                drop(deadpool::Object::take(connection));
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
