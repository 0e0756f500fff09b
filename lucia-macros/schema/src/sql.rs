//! SQL that creates a schema, drops it, and turns it into another one.
//!
//! The text depends on the schema and the dialect only. Every identifier is quoted, every name is given by us, and
//! parents come before children. What differs between databases is in one file for each.

pub(crate) mod mend;
mod migrate;
mod mysql;
mod postgres;
pub mod sqlite;

pub use migrate::{Backfill, Migration, Refusal, Script, migrate};

use crate::{Column, Dialect, ForeignKey, Index, Native, Schema, Table, names};

/// Statements that create the tables and their indexes, each ending in `;` and a line break.
///
/// Every column must have a type there: see [`Schema::missing_type`].
#[must_use]
pub fn create(schema: &Schema, dialect: Dialect) -> String {
    schema.tables.iter().map(|table| create_table(table, dialect)).collect()
}

/// Statements that drop the tables and their indexes, children first.
#[must_use]
pub fn drop(schema: &Schema, dialect: Dialect) -> String {
    schema.tables.iter().rev().map(|table| drop_table(table, dialect)).collect()
}

/// A quoted identifier. SQLite takes back-ticks too, and must get them: what is in double quotes and not the name of a
/// column is a string there, so that a misspelt one would go unnoticed.
#[must_use]
pub fn identifier(name: &str, dialect: Dialect) -> String {
    let quote = match dialect {
        Dialect::Sqlite | Dialect::Mysql => "`",
        Dialect::Postgres => "\"",
    };
    format!("{quote}{}{quote}", name.replace(quote, &quote.repeat(2)))
}

/// A quoted text literal.
#[must_use]
pub fn text(value: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::Sqlite | Dialect::Postgres => doubled(value),
        Dialect::Mysql => mysql::text(value),
    }
}

/// In standard SQL nothing but the quote itself is special between quotes.
fn doubled(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}

fn create_table(table: &Table, dialect: Dialect) -> String {
    let mut lines: Vec<String> = table.columns.iter().map(|c| column(table, c, dialect)).collect();
    if dialect == Dialect::Mysql {
        lines.extend(
            table.indexes.iter().filter(|index| index.nocase).map(|index| mysql::folded(table, index)),
        );
    }
    lines.push(format!("PRIMARY KEY ({})", identifiers(&table.primary_key, dialect)));
    lines.extend(table.foreign_keys.iter().map(|key| foreign_key(key, dialect)));
    let mut after = String::new();
    if dialect == Dialect::Mysql {
        // Each statement commits on its own there, so that a table and its indexes are one statement.
        lines.extend(table.indexes.iter().map(mysql::index));
    } else {
        after.extend(table.indexes.iter().map(|index| create_index(table, index, dialect)));
    }
    let options = if dialect == Dialect::Mysql { mysql::TABLE_OPTIONS } else { "" };
    let name = identifier(&table.name, dialect);
    format!("CREATE TABLE {name} (\n    {}\n){options};\n{after}", lines.join(",\n    "))
}

fn drop_table(table: &Table, dialect: Dialect) -> String {
    format!("DROP TABLE {};\n", identifier(&table.name, dialect))
}

fn column(table: &Table, column: &Column, dialect: Dialect) -> String {
    definition_of(column, table.is_keyed(&column.name), dialect)
}

/// A column as a table has it in which it is keyed, or is not.
fn definition_of(column: &Column, keyed: bool, dialect: Dialect) -> String {
    match dialect {
        Dialect::Sqlite => sqlite::column(column),
        Dialect::Postgres => postgres::column(column, keyed),
        Dialect::Mysql => mysql::column(column, keyed),
    }
}

/// The default of a column, as it is written after `DEFAULT`.
fn default_of(column: &Column, keyed: bool, dialect: Dialect) -> Option<String> {
    let default = column.default.as_ref()?;
    Some(match dialect {
        Dialect::Sqlite => sqlite::default(default),
        Dialect::Postgres => postgres::default(default),
        Dialect::Mysql => mysql::default(default, &column.ty, keyed),
    })
}

fn create_index(table: &Table, index: &Index, dialect: Dialect) -> String {
    let unique = if index.unique { "UNIQUE " } else { "" };
    let name = identifier(&index.name, dialect);
    let on = identifier(&table.name, dialect);
    let columns = identifiers(&index.columns, dialect);
    // Which folds the letters of ASCII only: in SQLite always, in PostgreSQL since the column has the collation "C".
    let columns = if index.nocase { format!("lower({columns})") } else { columns };
    format!("CREATE {unique}INDEX {name} ON {on} ({columns});\n")
}

/// The column of MySQL that holds a column's text in lower case.
///
/// MariaDB has no index on an expression. No attribute has a name like that.
#[must_use]
pub fn folded_column(column: &str) -> String {
    names::made_of("_", column, "nocase")
}

/// Without an action on delete: see [`ForeignKey`].
fn foreign_key(key: &ForeignKey, dialect: Dialect) -> String {
    format!(
        "CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {} ({})",
        identifier(&key.name, dialect),
        identifiers(&key.columns, dialect),
        identifier(&key.table, dialect),
        identifiers(&key.references, dialect),
    )
}

fn identifiers(names: &[String], dialect: Dialect) -> String {
    let quoted: Vec<String> = names.iter().map(|name| identifier(name, dialect)).collect();
    quoted.join(", ")
}

/// `name TYPE NOT NULL DEFAULT value`, the part of a column that has the same shape everywhere.
fn definition(column: &Column, dialect: Dialect, ty: &str, default: Option<&str>) -> String {
    let mut out = format!("{} {ty}", identifier(&column.name, dialect));
    if !column.nullable {
        out.push_str(" NOT NULL");
    }
    if let Some(default) = default {
        out.push_str(" DEFAULT ");
        out.push_str(default);
    }
    out
}

/// How a database spells a type of its own.
fn spelled(native: &Native, dialect: Dialect) -> String {
    native.on(dialect).unwrap_or_default().to_owned()
}

/// A number that all databases read as one that is not whole: with a point or an exponent, never in full length.
fn float(value: f64) -> String {
    format!("{value:?}")
}
