//! Pools that this library opens.

use diesel::ConnectionError;
use diesel_async::AsyncConnection;
use diesel_async::pooled_connection::{
    AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod, deadpool,
};

use super::AsyncPooled;
use crate::Result;
use crate::diesel::settings;
use crate::error::Error;

/// How a pool of these connections makes them. A connection that was lost is noticed when it is used, without asking the server
/// each time.
fn manager<C: AsyncConnection + 'static>(
    url: &str,
    settings: &'static str,
) -> AsyncDieselConnectionManager<C> {
    let mut config = ManagerConfig::default();
    config.recycling_method = RecyclingMethod::Fast;
    config.custom_setup = Box::new(move |url| {
        let url = url.to_owned();
        Box::pin(async move {
            let mut connection = C::establish(&url).await?;
            let set = connection.batch_execute(settings).await;
            set.map_err(ConnectionError::CouldntSetupConfiguration)?;
            Ok(connection)
        })
    });
    AsyncDieselConnectionManager::new_with_config(url, config)
}

macro_rules! open {
    ($feature:literal, $name:ident, $connection:ident, $settings:expr, $doc:literal) => {
        #[cfg(feature = $feature)]
        impl AsyncPooled<deadpool::Pool<diesel_async::$connection>> {
            #[doc = $doc]
            ///
            /// What is set on its connections is what the pool of Diesel's own connections sets. They are opened when they are
            /// needed, and without TLS: apps with other needs make the pool themselves, and give it to [`new`](Self::new).
            ///
            /// # Errors
            ///
            /// [`is_unavailable`](Error::is_unavailable) when the server cannot be reached or refuses the connection.
            pub async fn $name(url: &str) -> Result<Self> {
                // What is wrong with the URL is said at once, and not to whoever logs in first.
                diesel_async::$connection::establish(url).await.map_err(Error::unavailable)?;
                let pool = deadpool::Pool::builder(manager(url, $settings)).max_size(10).build();
                pool.map(Self::new).map_err(Error::unavailable)
            }
        }
    };
}

open! {
    "postgres-async", postgres, AsyncPgConnection, settings::POSTGRES,
    "Opens a pool of ten connections to a PostgreSQL server, for example `postgres://ada:secret@localhost/app`."
}
open! {
    "mysql-async", mysql, AsyncMysqlConnection, settings::MYSQL,
    "Opens a pool of ten connections to a MySQL or MariaDB server, for example `mysql://ada:secret@localhost/app`."
}
