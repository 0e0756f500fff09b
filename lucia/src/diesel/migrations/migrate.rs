//! `migrate`, on a builder for each kind of store.

#[cfg(feature = "async")]
use diesel_async::async_connection_wrapper::AsyncConnectionWrapper;
#[cfg(feature = "async")]
use diesel_async::pooled_connection::deadpool;

use super::EmbeddedMigrations;
#[cfg(feature = "async")]
use super::run_and_say;
use crate::diesel::AnyPool;
#[cfg(feature = "async")]
use crate::diesel::AsyncPooled;
#[cfg(feature = "async")]
use crate::error::Error;
use crate::{Builder, Result};

#[cfg(feature = "sqlite")]
impl Builder<crate::diesel::SqlitePool> {
    /// Runs those of the app's [`migrations!`](crate::migrations) that the database has not seen yet, on the calling thread.
    ///
    /// # Errors
    ///
    /// Those of [`run_migrations`](crate::diesel::run_migrations).
    pub fn migrate(self, migrations: EmbeddedMigrations) -> Result<Self> {
        self.store().migrate(&migrations)?;
        Ok(self)
    }
}

#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
impl<C: crate::diesel::PoolConnection + crate::diesel::MigrateConnection> Builder<crate::diesel::Pooled<C>> {
    /// Runs those of the app's [`migrations!`](crate::migrations) that the database has not seen yet, on the calling thread.
    ///
    /// # Errors
    ///
    /// Those of [`run_migrations`](crate::diesel::run_migrations).
    pub fn migrate(self, migrations: EmbeddedMigrations) -> Result<Self> {
        self.store().migrate(&migrations)?;
        Ok(self)
    }
}

#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql", feature = "async"))]
impl Builder<AnyPool> {
    /// Runs those of the app's [`migrations!`](crate::migrations) that the database has not seen yet, on a thread that may block.
    ///
    /// # Errors
    ///
    /// Those of [`run_migrations`](crate::diesel::run_migrations).
    pub async fn migrate(self, migrations: EmbeddedMigrations) -> Result<Self> {
        self.store().migrate(&migrations).await?;
        Ok(self)
    }
}

/// For one type after the other: how a connection is taken out of a pool for good is `deadpool`'s own.
macro_rules! awaited {
    ($($feature:literal: $connection:ty;)*) => {$(
        #[cfg(feature = $feature)]
        impl AsyncPooled<deadpool::Pool<$connection>> {
            /// Runs those of the app's [`migrations!`](crate::migrations) that the database has not seen yet, on a thread that may
            /// block.
            ///
            /// # Errors
            ///
            /// Those of [`run_migrations`](crate::diesel::run_migrations).
            pub async fn migrate(&self, migrations: &EmbeddedMigrations) -> Result<()> {
                let connection = self.pool().get().await.map_err(Error::unavailable)?;
                // Not given back, with what it takes to be patient.
                let connection = deadpool::Object::<$connection>::take(connection);
                let migrations = *migrations;
                let run = move || run_and_say(&mut AsyncConnectionWrapper::from(connection), &migrations);
                tokio::task::spawn_blocking(run).await.map_err(Error::unavailable)?
            }
        }

        #[cfg(feature = $feature)]
        impl Builder<AsyncPooled<deadpool::Pool<$connection>>> {
            /// Runs those of the app's [`migrations!`](crate::migrations) that the database has not seen yet, on a thread that may
            /// block.
            ///
            /// # Errors
            ///
            /// Those of [`run_migrations`](crate::diesel::run_migrations).
            pub async fn migrate(self, migrations: EmbeddedMigrations) -> Result<Self> {
                self.store().migrate(&migrations).await?;
                Ok(self)
            }
        }
    )*};
}

awaited! {
    "postgres-async": diesel_async::AsyncPgConnection;
    "mysql-async": diesel_async::AsyncMysqlConnection;
}
