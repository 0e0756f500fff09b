//! On SQLite.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::run::{__diesel_schema_migrations as list, MigrateConnection, failed};
use super::{EmbeddedMigration, EmbeddedMigrations};
use crate::Result;

impl MigrateConnection for SqliteConnection {
    const DATABASE: &'static str = "sqlite";

    fn of(migrations: &EmbeddedMigrations) -> Option<&'static [EmbeddedMigration]> {
        migrations.sqlite
    }

    fn done(&mut self) -> QueryResult<Vec<String>> {
        list::table.select(list::version).load(self)
    }

    fn run(&mut self, migration: &EmbeddedMigration) -> Result<bool> {
        if migration.foreign_keys || !checks_foreign_keys(self)? {
            return in_transaction(self, migration);
        }
        // Within a transaction this would change nothing.
        self.batch_execute("PRAGMA foreign_keys = OFF")?;
        let outcome = in_transaction(self, migration);
        self.batch_execute("PRAGMA foreign_keys = ON")?;
        outcome
    }
}

fn in_transaction(connection: &mut SqliteConnection, migration: &EmbeddedMigration) -> Result<bool> {
    connection.immediate_transaction(|connection| {
        if diesel::select(diesel::dsl::exists(list::table.find(migration.version))).get_result(connection)? {
            return Ok(false);
        }
        connection.batch_execute(migration.up).map_err(|error| failed(migration, error))?;
        diesel::insert_into(list::table).values(list::version.eq(migration.version)).execute(connection)?;
        Ok(true)
    })
}

fn checks_foreign_keys(connection: &mut SqliteConnection) -> Result<bool> {
    Ok(diesel::dsl::sql::<Bool>("PRAGMA foreign_keys").get_result(connection)?)
}
