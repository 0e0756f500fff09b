//! Runs the migrations that the build step has put into the program.

/// A migration that the build step has put into the program: a directory of `migrations/`, as it was then.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct EmbeddedMigration {
    /// The digits before the first `_` of the directory's name, by which Diesel knows it too.
    pub version: &'static str,
    /// The directory's name.
    pub name: &'static str,
    /// What `up.sql` says.
    pub up: &'static str,
}

impl EmbeddedMigration {
    /// A migration.
    #[must_use]
    pub const fn new(version: &'static str, name: &'static str, up: &'static str) -> Self {
        Self { version, name, up }
    }
}

/// The app's migrations, put into the program by `lucia_build` in `build.rs`: all of its folder, for one database.
///
/// Without an argument for the only database that the build script names, else for `"sqlite"`, `"postgres"` or `"mysql"`.
#[macro_export]
macro_rules! migrations {
    () => {
        ::core::include!(::core::concat!(::core::env!("OUT_DIR"), "/lucia_migrations.rs"))
    };
    ($database:literal) => {
        ::core::include!(::core::concat!(::core::env!("OUT_DIR"), "/lucia_migrations_", $database, ".rs"))
    };
}

#[cfg(feature = "sqlite")]
pub use sqlite::run_migrations;

#[cfg(feature = "sqlite")]
mod sqlite {
    use diesel::connection::SimpleConnection;
    use diesel::migration::MigrationConnection;
    use diesel::prelude::*;

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
    /// They are kept in Diesel's own table, so that `diesel migration run` and this know of each other. All run in one
    /// transaction that holds the database from the first look on: of several processes that start at once one runs them,
    /// the others find nothing to do, and a crash leaves everything or nothing.
    ///
    /// # Errors
    ///
    /// [`is_unavailable`](Error::is_unavailable) when the database cannot be reached or is locked for too long; another error,
    /// with the name of the migration, when a statement fails. Then none of them has run.
    pub fn run_migrations(
        connection: &mut SqliteConnection,
        migrations: &[EmbeddedMigration],
    ) -> Result<Vec<&'static str>> {
        connection.immediate_transaction(|connection| {
            connection.setup()?;
            let done: Vec<String> = __diesel_schema_migrations::table
                .select(__diesel_schema_migrations::version)
                .load(connection)?;
            let mut pending: Vec<_> =
                migrations.iter().filter(|migration| !done.iter().any(|v| v == migration.version)).collect();
            pending.sort_by_key(|migration| migration.version);
            for migration in &pending {
                connection.batch_execute(migration.up).map_err(|error| failed(migration, error))?;
                diesel::insert_into(__diesel_schema_migrations::table)
                    .values(__diesel_schema_migrations::version.eq(migration.version))
                    .execute(connection)?;
            }
            Ok(pending.iter().map(|migration| migration.name).collect())
        })
    }

    fn failed(migration: &EmbeddedMigration, error: diesel::result::Error) -> Error {
        let error = Error::from(error);
        if error.is_unavailable() {
            return error;
        }
        let message = format!(
            "the migration `{}` failed, and nothing of it is left; its error says why",
            migration.name
        );
        Kind::Config(message, Some(Box::new(error))).into()
    }
}
