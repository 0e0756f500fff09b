//! The migrations that the build step has put into the program.

#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql", feature = "async"))]
mod migrate;
#[cfg(any(feature = "mysql", feature = "mysql-async"))]
mod mysql;
#[cfg(any(feature = "postgres", feature = "postgres-async"))]
mod postgres;
mod run;
#[cfg(feature = "sqlite")]
mod sqlite;
#[cfg(any(feature = "mysql", feature = "mysql-async"))]
mod statements;

#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql", feature = "async"))]
pub(super) use run::run_and_say;
pub use run::{MigrateConnection, run_migrations};

/// A migration that the build step has put into the program: a directory of `migrations/`, as it was then.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct EmbeddedMigration {
    /// The digits before the first `_` of the directory's name, by which Diesel knows it too.
    pub version: &'static str,
    /// The directory's name.
    pub name: &'static str,
    /// What `up.sql` says; of one without foreign keys, what is in its transaction.
    pub up: &'static str,
    /// Whether SQLite checks foreign keys while it runs, on a connection that does.
    pub foreign_keys: bool,
}

impl EmbeddedMigration {
    /// A migration.
    #[must_use]
    pub const fn new(version: &'static str, name: &'static str, up: &'static str) -> Self {
        Self { version, name, up, foreign_keys: true }
    }

    /// The same, run without foreign keys on SQLite, where a table that others refer to can be rebuilt in no other way.
    ///
    /// Such a migration looks for itself, before its transaction ends, that no row refers to one that is not there.
    #[must_use]
    pub const fn without_foreign_keys(self) -> Self {
        Self { foreign_keys: false, ..self }
    }
}

/// The migrations of an app, for each database that its build script names.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct EmbeddedMigrations {
    /// Those for SQLite.
    pub sqlite: Option<&'static [EmbeddedMigration]>,
    /// Those for PostgreSQL.
    pub postgres: Option<&'static [EmbeddedMigration]>,
    /// Those for MySQL and MariaDB.
    pub mysql: Option<&'static [EmbeddedMigration]>,
}

impl EmbeddedMigrations {
    /// For no database yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { sqlite: None, postgres: None, mysql: None }
    }

    /// These for SQLite.
    #[must_use]
    pub const fn sqlite(self, migrations: &'static [EmbeddedMigration]) -> Self {
        Self { sqlite: Some(migrations), ..self }
    }

    /// These for PostgreSQL.
    #[must_use]
    pub const fn postgres(self, migrations: &'static [EmbeddedMigration]) -> Self {
        Self { postgres: Some(migrations), ..self }
    }

    /// These for MySQL and MariaDB.
    #[must_use]
    pub const fn mysql(self, migrations: &'static [EmbeddedMigration]) -> Self {
        Self { mysql: Some(migrations), ..self }
    }
}

/// The app's migrations, put into the program by `lucia_build` in `build.rs`: all of its folders, for every database that it
/// names, as [`EmbeddedMigrations`](crate::diesel::EmbeddedMigrations).
#[macro_export]
macro_rules! migrations {
    () => {
        ::core::include!(::core::concat!(::core::env!("OUT_DIR"), "/lucia_migrations.rs"))
    };
}
