//! The live database against the struct: what differs, what follows from it, and what mends it.
//!
//! The comparison does no I/O. Whoever has a connection runs the [`query`] of its database, hands the rows over as text to
//! [`Live::from_rows`], and gives the result to [`audit()`]. Use a connection that is made like those of the app: whether SQLite
//! enforces foreign keys, and whether MySQL cuts what does not fit, is a setting of the connection.
//!
//! # Example
//!
//! ```
//! use lucia_schema::audit::{Code, Live, Severity, audit, query};
//! use lucia_schema::{Dialect, Schema, TableNames};
//!
//! let schema = Schema::of(&TableNames::default(), &[], &[]);
//! let sql = query(&schema, Dialect::Sqlite);
//! assert!(sql.contains("'auth_user'"));
//!
//! // Ten columns of text each, as the query yields them; here of a database that is empty.
//! let rows = vec![["setting", "", "foreign_keys", "1", "", "", "", "", "", ""].map(str::to_owned)];
//! let live = Live::from_rows(rows)?;
//! let findings = audit(&schema, &live, Dialect::Sqlite);
//! assert_eq!(findings.len(), 3);
//! assert_eq!(findings[0].code, Code::MissingTable);
//! assert_eq!(findings[0].severity, Severity::Error);
//! assert!(findings[0].to_string().starts_with("`auth_user` is missing and should be the table of users"));
//! # Ok::<(), lucia_schema::audit::RowError>(())
//! ```

mod check;
mod finding;
pub mod live;
mod query;
mod rows;
mod types;

pub use finding::{Code, Finding, Severity};
pub use live::Live;
pub use query::{COLUMNS, Row, query};
pub use rows::RowError;

use check::Rows;

use crate::{Dialect, Schema};

/// What is not as it should be in a database, for the tables of a schema; nothing, if all is well.
///
/// Settings come first, then table by table in the order of the schema. Neither the order of columns is a difference, nor what the
/// app has added without harm: columns that may be left out when a row is written, and indexes that refuse nothing.
///
/// What belongs to a table or column that is missing is not told beside it.
#[must_use]
pub fn audit(schema: &Schema, live: &Live, dialect: Dialect) -> Vec<Finding> {
    let mut found = check::settings(live, dialect);
    let rows: &[Rows] = if schema == &Schema::sessions() {
        &[Rows::SessionsApart, Rows::UsersApart]
    } else {
        &[Rows::Users, Rows::Sessions, Rows::Keys]
    };
    for (table, &rows) in schema.tables.iter().zip(rows) {
        match live.table(&table.name, dialect) {
            Some(live) => found.extend(check::Check { table, live, dialect, rows }.findings()),
            None => found.push(check::missing(table, rows)),
        }
    }
    found
}
