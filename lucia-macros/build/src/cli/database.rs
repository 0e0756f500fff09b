//! The database that a command is to use: Diesel's connection, seen as the commands see it.

mod failure;
#[cfg(feature = "mysql")]
mod mysql;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
mod on_diesel;
#[cfg(feature = "postgres")]
mod postgres;
mod problem;
#[cfg(feature = "sqlite")]
mod sqlite;
mod url;

use std::path::Path;

use lucia_schema::audit::Row;

pub(super) use failure::{Failure, Left, Transaction, sentence};
pub(super) use problem::InDatabase;
pub(super) use url::Url;

/// A database that answers.
pub(super) trait Connected {
    /// The versions of the migrations that have run, the oldest first. Nothing is written, not even Diesel's own table.
    fn done(&mut self) -> Result<Vec<String>, String>;

    /// Runs a migration of a folder, and enters that it has run, as Diesel does.
    fn run(&mut self, folder: &Path, version: &str) -> Result<(), Failure>;

    /// Reverts a migration of a folder, and deletes the entry.
    fn revert(&mut self, folder: &Path, version: &str) -> Result<(), Failure>;

    /// Enters that a migration has run, and runs nothing.
    fn mark(&mut self, version: &str) -> Result<(), String>;

    /// What the query of an audit yields.
    fn rows(&mut self, query: &str) -> Result<Vec<Row>, String>;
}

/// Whether a command may make a database that is not there. Only a file of SQLite is made by opening it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum IfMissing {
    Create,
    Refuse,
}

/// Connects.
pub(super) fn open(url: &Url, if_missing: IfMissing) -> Result<Box<dyn Connected>, InDatabase> {
    // Only a file is made.
    let _ = if_missing;
    match url.database() {
        #[cfg(feature = "sqlite")]
        crate::Database::Sqlite => sqlite::open(url, if_missing),
        #[cfg(feature = "postgres")]
        crate::Database::Postgres => postgres::open(url),
        #[cfg(feature = "mysql")]
        crate::Database::Mysql => mysql::open(url),
        #[cfg(not(all(feature = "sqlite", feature = "postgres", feature = "mysql")))]
        database => Err(InDatabase::NoDriver { database }),
    }
}
