//! On PostgreSQL.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::run::{__diesel_schema_migrations as list, MigrateConnection, failed};
use super::{EmbeddedMigration, EmbeddedMigrations};
use crate::Result;

/// The lock that one process has who runs migrations; any number will do that nobody else takes. It ends with the connection.
const HOLD: &str = "SELECT pg_advisory_lock(5497558138884)";
const RELEASE: &str = "SELECT pg_advisory_unlock(5497558138884)";

/// A migration of a large table takes its time, whatever other statements may take, and the one lock is waited for.
const PATIENT: &str =
    "SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0";

macro_rules! migrate_postgres {
    ($($(#[$when:meta])* $connection:ty;)*) => {$(
        $(#[$when])*
        impl MigrateConnection for $connection {
            const DATABASE: &'static str = "postgres";

            fn of(migrations: &EmbeddedMigrations) -> Option<&'static [EmbeddedMigration]> {
                migrations.postgres
            }

            fn hold(&mut self) -> Result<()> {
                self.batch_execute(PATIENT)?;
                Ok(self.batch_execute(HOLD)?)
            }

            fn release(&mut self) -> Result<()> {
                Ok(self.batch_execute(RELEASE)?)
            }

            fn done(&mut self) -> QueryResult<Vec<String>> {
                diesel::RunQueryDsl::load(list::table.select(list::version), self)
            }

            // Nobody else runs any, so that what is pending is still.
            fn run(&mut self, migration: &EmbeddedMigration) -> Result<bool> {
                self.transaction(|connection| {
                    connection.batch_execute(migration.up).map_err(|error| failed(migration, error))?;
                    let entry = diesel::insert_into(list::table).values(list::version.eq(migration.version));
                    diesel::RunQueryDsl::execute(entry, connection)?;
                    Ok(true)
                })
            }
        }
    )*};
}

migrate_postgres! {
    #[cfg(feature = "postgres")]
    PgConnection;
    #[cfg(feature = "postgres-async")]
    diesel_async::async_connection_wrapper::AsyncConnectionWrapper<diesel_async::AsyncPgConnection>;
}
