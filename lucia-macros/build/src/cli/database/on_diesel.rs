//! What the commands do, by Diesel's own runner.

use std::error::Error;
use std::fmt::Display;
use std::path::Path;

use diesel::migration::{Migration, MigrationSource};
use diesel_migrations::FileBasedMigrations;

use super::Failure;

diesel::table! {
    /// Diesel's own list of the migrations that have run.
    __diesel_schema_migrations (version) {
        version -> Text,
        run_on -> Timestamp,
    }
}

/// Implements [`Connected`](super::Connected) for a connection of Diesel, with a query that tells whether the list is there.
macro_rules! connected {
    ($connection:ty, $has_list:literal) => {
        impl $crate::cli::database::Connected for $connection {
            fn done(&mut self) -> Result<Vec<String>, String> {
                use diesel::prelude::*;
                use $crate::cli::database::on_diesel::__diesel_schema_migrations::dsl;

                let said = |error: diesel::result::Error| error.to_string();
                let has_list = diesel::dsl::sql::<diesel::sql_types::Bool>($has_list);
                if !diesel::select(has_list).get_result::<bool>(self).map_err(said)? {
                    return Ok(Vec::new());
                }
                let versions = dsl::__diesel_schema_migrations.select(dsl::version).order(dsl::version);
                versions.load(self).map_err(said)
            }

            fn run(
                &mut self,
                folder: &std::path::Path,
                version: &str,
            ) -> Result<(), $crate::cli::database::Failure> {
                use diesel::migration::MigrationConnection as _;
                use diesel_migrations::MigrationHarness as _;
                use $crate::cli::database::on_diesel::{failure, migration, not_entry};

                self.setup().map_err(|error| not_entry(&error))?;
                let migration = migration(folder, version)?;
                self.run_migration(&*migration).map(drop).map_err(|error| failure(&*error))
            }

            fn revert(
                &mut self,
                folder: &std::path::Path,
                version: &str,
            ) -> Result<(), $crate::cli::database::Failure> {
                use diesel_migrations::MigrationHarness as _;
                use $crate::cli::database::on_diesel::{failure, migration};

                let migration = migration(folder, version)?;
                self.revert_migration(&*migration).map(drop).map_err(|error| failure(&*error))
            }
        }
    };
}

pub(super) use connected;

/// The migration as Diesel reads it.
pub(super) fn migration<DB: diesel::backend::Backend>(
    folder: &Path,
    version: &str,
) -> Result<Box<dyn Migration<DB>>, Failure> {
    let source = FileBasedMigrations::from_path(folder).map_err(|error| not_entry(&error))?;
    let all = MigrationSource::<DB>::migrations(&source).map_err(|error| not_entry(&error))?;
    let found = all.into_iter().find(|migration| migration.name().version().to_string() == version);
    // The folder was read a moment ago.
    found.ok_or_else(|| not_entry(&"its directory has gone"))
}

/// What is wrong before the entry.
pub(super) fn not_entry(error: &dyn Display) -> Failure {
    Failure { error: error.to_string(), is_entry: false }
}

/// Diesel names the migration before what is wrong in its files, by an error that it keeps to itself. Any other is of its own
/// statements: the transaction and the entry.
pub(super) fn failure(error: &(dyn Error + 'static)) -> Failure {
    let said = error.to_string();
    match said.split_once(" with: ") {
        Some((start, error)) if start.starts_with("Failed to run ") => not_entry(&error),
        _ => Failure { is_entry: error.is::<diesel::result::Error>(), error: said },
    }
}
