//! The migrations that the build step has put into the program.

#[cfg(feature = "sqlite")]
mod sqlite;

#[cfg(feature = "sqlite")]
pub use sqlite::run_migrations;

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
