//! What the commands do, by Diesel's own runner.

use std::error::Error;
use std::fmt::Display;
use std::path::Path;

use diesel::migration::{Migration, MigrationSource};
use diesel::sql_types::Text;
use diesel_migrations::FileBasedMigrations;

use lucia_schema::audit::Row;

use super::Failure;

diesel::table! {
    /// Diesel's own list of the migrations that have run.
    __diesel_schema_migrations (version) {
        version -> Text,
        run_on -> Timestamp,
    }
}

/// A row of the query of an audit.
#[derive(diesel::QueryableByName)]
pub(super) struct Asked {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    owner: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    a: String,
    #[diesel(sql_type = Text)]
    b: String,
    #[diesel(sql_type = Text)]
    c: String,
    #[diesel(sql_type = Text)]
    d: String,
    #[diesel(sql_type = Text)]
    e: String,
    #[diesel(sql_type = Text)]
    f: String,
    #[diesel(sql_type = Text)]
    g: String,
}

impl From<Asked> for Row {
    fn from(row: Asked) -> Self {
        [row.kind, row.owner, row.name, row.a, row.b, row.c, row.d, row.e, row.f, row.g]
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

            fn mark(&mut self, version: &str) -> Result<(), String> {
                use diesel::migration::MigrationConnection as _;
                use diesel::prelude::*;
                use $crate::cli::database::on_diesel::__diesel_schema_migrations::dsl;

                let said = |error: diesel::result::Error| error.to_string();
                self.setup().map_err(said)?;
                let entry =
                    diesel::insert_into(dsl::__diesel_schema_migrations).values(dsl::version.eq(version));
                entry.execute(self).map(drop).map_err(said)
            }

            fn rows(&mut self, query: &str) -> Result<Vec<lucia_schema::audit::Row>, String> {
                use diesel::prelude::*;
                use $crate::cli::database::on_diesel::Asked;

                let rows = diesel::sql_query(query).load::<Asked>(self);
                Ok(rows.map_err(|error| error.to_string())?.into_iter().map(Into::into).collect())
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
