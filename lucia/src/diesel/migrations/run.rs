//! Runs them, on whichever database.

use diesel::connection::LoadConnection;
use diesel::migration::MigrationConnection;
use diesel::result::QueryResult;

use super::{EmbeddedMigration, EmbeddedMigrations};
use crate::Result;
use crate::error::Error;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "postgres-async"))]
use crate::error::Kind;

diesel::table! {
    /// Diesel's own list of the migrations that have run.
    __diesel_schema_migrations (version) {
        version -> Text,
        run_on -> Timestamp,
    }
}

/// A connection on which migrations can be run: Diesel's own three, and those of `diesel-async` in an `AsyncConnectionWrapper`.
pub trait MigrateConnection: LoadConnection + MigrationConnection {
    /// What `build.rs` calls the database.
    #[doc(hidden)]
    const DATABASE: &'static str;

    /// Those for this database.
    #[doc(hidden)]
    fn of(migrations: &EmbeddedMigrations) -> Option<&'static [EmbeddedMigration]>;

    /// Keeps other processes from running any until [`release`](Self::release) or the end of the connection. SQLite need not: each
    /// migration holds all of the database.
    #[doc(hidden)]
    fn hold(&mut self) -> Result<()> {
        Ok(())
    }

    /// Lets others begin.
    #[doc(hidden)]
    fn release(&mut self) -> Result<()> {
        Ok(())
    }

    /// The versions of those that have run.
    #[doc(hidden)]
    fn done(&mut self) -> QueryResult<Vec<String>>;

    /// Runs one and makes its entry, unless somebody else has done so meanwhile.
    #[doc(hidden)]
    fn run(&mut self, migration: &EmbeddedMigration) -> Result<bool>;
}

/// Runs those migrations that have not run yet, in order of their versions, and returns their names.
///
/// They are kept in Diesel's own table, so that `diesel migration run` and this know of each other. Of several processes that start
/// at once one runs them, and the others wait and find them done.
///
/// On SQLite and PostgreSQL each runs in a transaction that ends with the entry in that table, so that a crash leaves each
/// migration whole or not begun. MySQL and MariaDB know no such transaction: there each statement that changes tables is whole or
/// not begun, and how far a migration has come is kept in the table `__lucia_migration`. On every one of them, running again goes
/// on.
///
/// The connection must not be in a transaction. One of SQLite that checks foreign keys checks them again afterwards, whatever
/// happens.
///
/// # Errors
///
/// [`is_unavailable`](Error::is_unavailable) when the database cannot be reached or is locked for too long;
/// [`is_config`](Error::is_config) when there are none for this database, or, with the name of the migration, when a statement
/// fails. Then those before it have run.
pub fn run_migrations<C>(connection: &mut C, migrations: &EmbeddedMigrations) -> Result<Vec<&'static str>>
where
    C: MigrateConnection,
{
    let Some(migrations) = C::of(migrations) else { return Err(none_for(C::DATABASE)) };
    connection.hold()?;
    let outcome = run_pending(connection, migrations);
    // Should it fail, the end of the connection does it.
    let released = connection.release();
    outcome.and_then(|ran| released.map(|()| ran))
}

/// The same for a pool, with a line in the log for each.
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql", feature = "async"))]
pub(in crate::diesel) fn run_and_say<C: MigrateConnection>(
    connection: &mut C,
    migrations: &EmbeddedMigrations,
) -> Result<()> {
    for name in run_migrations(connection, migrations)? {
        tracing::info!(target: "lucia", operation = "migrate", name, outcome = "ok");
    }
    Ok(())
}

fn run_pending<C>(connection: &mut C, migrations: &[EmbeddedMigration]) -> Result<Vec<&'static str>>
where
    C: MigrateConnection,
{
    connection.setup()?;
    let done = connection.done()?;
    let mut pending: Vec<_> = migrations
        .iter()
        .filter(|migration| !done.iter().any(|version| version == migration.version))
        .collect();
    pending.sort_by_key(|migration| migration.version);
    let mut ran = Vec::new();
    for migration in pending {
        if connection.run(migration)? {
            ran.push(migration.name);
        }
    }
    Ok(ran)
}

fn none_for(database: &str) -> Error {
    Error::config(format!(
        "the program has no migrations for this database; let `build.rs` name it: `.{database}()`, or with others `.databases([..])`"
    ))
}

/// The error for a migration of which nothing is left.
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "postgres-async"))]
pub(super) fn failed(migration: &EmbeddedMigration, error: diesel::result::Error) -> Error {
    let error = Error::from(error);
    if error.is_unavailable() {
        return error;
    }
    let message =
        format!("the migration `{}` failed, and nothing of it is left; its error says why", migration.name);
    Kind::Config(message, Some(Box::new(error))).into()
}
