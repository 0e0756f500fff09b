//! Runs them on SQLite.

use diesel::connection::SimpleConnection;
use diesel::migration::MigrationConnection;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::EmbeddedMigration;
use crate::Result;
use crate::error::{Error, Kind};

diesel::table! {
    /// Diesel's own list of the migrations that have run.
    __diesel_schema_migrations (version) {
        version -> Text,
        run_on -> Timestamp,
    }
}

/// Runs those migrations that have not run yet, in order of their versions, and returns their names.
///
/// They are kept in Diesel's own table, so that `diesel migration run` and this know of each other. Each runs in a transaction
/// that holds the database from the first look on and ends with the entry in that table: of several processes that start at
/// once one runs it and the others find it done, and a crash leaves each migration whole or not begun. Running again goes on.
///
/// The connection must not be in a transaction. One that checks foreign keys checks them again afterwards, whatever happens.
///
/// # Errors
///
/// [`is_unavailable`](Error::is_unavailable) when the database cannot be reached or is locked for too long; another error,
/// with the name of the migration, when a statement fails. Then nothing of that migration is left, and those before it have run.
pub fn run_migrations(
    connection: &mut SqliteConnection,
    migrations: &[EmbeddedMigration],
) -> Result<Vec<&'static str>> {
    connection.setup()?;
    let done: Vec<String> =
        __diesel_schema_migrations::table.select(__diesel_schema_migrations::version).load(connection)?;
    let mut pending: Vec<_> = migrations
        .iter()
        .filter(|migration| !done.iter().any(|version| version == migration.version))
        .collect();
    pending.sort_by_key(|migration| migration.version);
    let mut ran = Vec::new();
    for migration in pending {
        if run(connection, migration)? {
            ran.push(migration.name);
        }
    }
    Ok(ran)
}

/// Runs one, unless somebody else has done so meanwhile.
fn run(connection: &mut SqliteConnection, migration: &EmbeddedMigration) -> Result<bool> {
    if migration.foreign_keys || !checks_foreign_keys(connection)? {
        return run_in_transaction(connection, migration);
    }
    // Within a transaction this would change nothing.
    connection.batch_execute("PRAGMA foreign_keys = OFF")?;
    let outcome = run_in_transaction(connection, migration);
    connection.batch_execute("PRAGMA foreign_keys = ON")?;
    outcome
}

fn run_in_transaction(connection: &mut SqliteConnection, migration: &EmbeddedMigration) -> Result<bool> {
    connection.immediate_transaction(|connection| {
        let done = __diesel_schema_migrations::table.find(migration.version);
        if diesel::select(diesel::dsl::exists(done)).get_result(connection)? {
            return Ok(false);
        }
        connection.batch_execute(migration.up).map_err(|error| failed(migration, error))?;
        diesel::insert_into(__diesel_schema_migrations::table)
            .values(__diesel_schema_migrations::version.eq(migration.version))
            .execute(connection)?;
        Ok(true)
    })
}

fn checks_foreign_keys(connection: &mut SqliteConnection) -> Result<bool> {
    Ok(diesel::dsl::sql::<Bool>("PRAGMA foreign_keys").get_result(connection)?)
}

fn failed(migration: &EmbeddedMigration, error: diesel::result::Error) -> Error {
    let error = Error::from(error);
    if error.is_unavailable() {
        return error;
    }
    let message =
        format!("the migration `{}` failed, and nothing of it is left; its error says why", migration.name);
    Kind::Config(message, Some(Box::new(error))).into()
}
