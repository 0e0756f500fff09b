//! What a test needs of a database.

use lucia_schema::audit::{self, Finding, Live, Row};
use lucia_schema::sql::Migration;
use lucia_schema::{Dialect, Schema};

/// A database that belongs to one test.
pub trait Database {
    /// What it speaks.
    fn dialect(&self) -> Dialect;

    /// Makes it empty, runs statements, and says what is there then.
    fn fresh(&mut self, setup: &str, rows: &str) -> State;

    /// Runs statements outside of a transaction.
    ///
    /// # Errors
    ///
    /// What the database says.
    fn execute(&mut self, sql: &str) -> Result<(), String>;

    /// What is there: the tables, and what a query for rows finds, if it is not empty.
    fn state(&mut self, rows: &str) -> State;

    /// The rows that a query of an audit yields, on a connection that is made as an app's should be.
    fn ask(&mut self, query: &str) -> Vec<Row>;

    /// What an audit finds.
    fn audit(&mut self, schema: &Schema) -> Vec<Finding> {
        let dialect = self.dialect();
        let live = Live::from_rows(self.ask(&audit::query(schema, dialect))).unwrap();
        audit::audit(schema, &live, dialect)
    }

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
}

/// What is in a database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// All tables with their columns, indexes and keys, a line each, in the same order for the same tables.
    pub tables: Vec<String>,
    /// The lines that the query for rows found, each of which begins with a digit.
    pub rows: Vec<String>,
}

impl State {
    /// Tells rows from tables by the digit.
    pub(crate) fn of(lines: impl Iterator<Item = String>) -> Self {
        let (mut rows, mut tables): (Vec<String>, Vec<String>) =
            lines.partition(|line| line.starts_with(|c: char| c.is_ascii_digit()));
        rows.sort();
        tables.sort();
        Self { tables, rows }
    }
}

/// The rows that a client prints, a line each with tabs between the columns.
pub(crate) fn rows(printed: &str) -> Vec<Row> {
    let columns = |line: &str| -> Row {
        let columns: Vec<String> = line.split('\t').map(str::to_owned).collect();
        columns.try_into().unwrap()
    };
    printed.lines().map(columns).collect()
}
