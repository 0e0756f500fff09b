//! What a test needs of a database.

use lucia_schema::Dialect;
use lucia_schema::sql::Migration;

/// A database that belongs to one test.
pub trait Database {
    /// What it speaks.
    fn dialect(&self) -> Dialect;

    /// Makes it empty.
    fn reset(&mut self);

    /// Runs statements outside of a transaction.
    ///
    /// # Errors
    ///
    /// What the database says.
    fn execute(&mut self, sql: &str) -> Result<(), String>;

    /// The rows of a query with one column of text.
    fn lines(&mut self, sql: &str) -> Vec<String>;

    /// Runs a migration as an app would.
    ///
    /// # Errors
    ///
    /// What the database says. Whatever was begun is over then.
    fn up(&mut self, migration: &Migration) -> Result<(), String>;

    /// Reverts it.
    ///
    /// # Errors
    ///
    /// What the database says. Whatever was begun is over then.
    fn down(&mut self, migration: &Migration) -> Result<(), String>;

    /// All tables with their columns, indexes and keys, a line each, in the same order for the same tables.
    fn describe(&mut self) -> Vec<String>;
}
