//! The query that asks a database for its tables: one for each dialect, with the same columns.

mod mysql;
mod postgres;
mod sqlite;

use crate::{Dialect, Schema, sql};

/// The columns of each row that [`query`] yields. All are text, and none is ever null.
///
/// `kind` says what the others mean; what is not named is empty, and whatever can be true or false is `yes` or `no`:
///
/// | `kind` | `owner` | `name` | `a` | `b` | `c` | `d` | `e` | `f` | `g` |
/// | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
/// | `setting` | | setting | value | | | | | | |
/// | `table` | | table | storage engine | | | | | | |
/// | `column` | table | column | type | may be null | has a default | default | collation | compares byte for byte | how it is generated |
/// | `primary key` | table | column | position | | | | | | |
/// | `index` | table | index | position | column | or expression | unique | of some rows only | of the primary key | collation |
/// | `foreign key` | table | key | position | column | table referred to | column referred to | action on delete | | |
pub const COLUMNS: [&str; 10] = ["kind", "owner", "name", "a", "b", "c", "d", "e", "f", "g"];

/// A row: the text of each of the [`COLUMNS`].
pub type Row = [String; 10];

/// The query that asks for whatever an audit wants to know, in one statement without a semicolon at its end.
///
/// It reads the catalogue only. Tables are looked for where a query of the app would find them: in the search path of
/// PostgreSQL, in the current database of MySQL, in the main database of SQLite.
#[must_use]
pub fn query(schema: &Schema, dialect: Dialect) -> String {
    let names: Vec<String> = schema.tables.iter().map(|table| sql::text(&table.name, dialect)).collect();
    // An empty list is no SQL.
    let names = if names.is_empty() { "''".to_owned() } else { names.join(", ") };
    let template = match dialect {
        Dialect::Sqlite => sqlite::QUERY,
        Dialect::Postgres => postgres::QUERY,
        Dialect::Mysql => mysql::QUERY,
    };
    template.replace("{tables}", &names)
}
