//! Why a migration is not written.

use std::fmt;

use crate::{Dialect, Type};

/// Why a migration is not written, and what to do instead.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Refusal {
    /// A column must have a value, and rows that are there have none.
    NoValue {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// Whether it was there before, and took nulls.
        was_null: bool,
    },
    /// A value for rows that need none.
    UnneededBackfill {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// A value for a column that does not exist.
    UnknownBackfill {
        /// The table, as it was given.
        table: String,
        /// The column, as it was given.
        column: String,
    },
    /// A value that is no single expression.
    NoExpression {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// One value for all rows of a column whose values must differ.
    SameValue {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// A rename from or to a column that does not exist.
    UnknownRename {
        /// The table, as it was given.
        table: String,
        /// What the column was called.
        from: String,
        /// What it is called now.
        to: String,
    },
    /// Two renames from or to one column.
    SameRename {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// The primary key changes.
    PrimaryKey {
        /// The table.
        table: String,
    },
    /// The type of a column changes into one that its values cannot be turned into.
    Conversion {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// What it held.
        from: Type,
        /// What it holds now.
        to: Type,
    },
    /// A column has no type on the database.
    MissingType {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// The database.
        dialect: Dialect,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoValue { table, column, was_null } => {
                let why = if *was_null {
                    "may be null no longer, and rows may hold null"
                } else {
                    "must have a value, and the rows that are there have none"
                };
                write!(
                    f,
                    "`{table}.{column}` {why}; write `#[lucia(default = ..)]` at the field for a lasting default, give those \
                     rows a value once by `--backfill {table}.{column}=SQL`, or make the field an `Option`"
                )
            }
            Self::UnneededBackfill { table, column } => write!(
                f,
                "no row needs the value that is given for `{table}.{column}`, since the column is not one that must have a value \
                 from now on without a default; leave `--backfill {table}.{column}=..` out, and set the column by an `UPDATE` in a \
                 migration of your own"
            ),
            Self::UnknownBackfill { table, column } => write!(
                f,
                "there is no column `{table}.{column}` to give a value; name table and column as they are called after the migration"
            ),
            Self::NoExpression { table, column } => write!(
                f,
                "the value for `{table}.{column}` is not one SQL expression; write one without `;` and without a comment, for \
                 example `--backfill \"{table}.{column}=lower(id)\"`"
            ),
            Self::SameValue { table, column } => write!(
                f,
                "`{table}.{column}` is unique, and one value for all rows would be refused as soon as there are two; write an \
                 expression that names a column, for example `--backfill \"{table}.{column}='user-' || id\"` (on MySQL \
                 `CONCAT('user-', id)`)"
            ),
            Self::UnknownRename { table, from, to } => write!(
                f,
                "the rename of `{table}.{from}` to `{to}` names a column that does not exist; `{from}` must be a column from before, \
                 `{to}` one from now on, and `{table}` the table as it is called from now on"
            ),
            Self::SameRename { table, column } => {
                write!(f, "two renames name the column `{column}` of `{table}`; keep the one that is meant")
            }
            Self::PrimaryKey { table } => write!(
                f,
                "the primary key of `{table}` would change, to which other tables refer; keep it as it is"
            ),
            Self::Conversion { table, column, from, to } => write!(
                f,
                "`{table}.{column}` was {from} and would be {to}, and no value of the one becomes one of the other without a \
                 decision; add a column of another name, fill it in a migration of your own, and drop the old one later"
            ),
            Self::MissingType { table, column, dialect } => write!(
                f,
                "`{table}.{column}` has no type on {dialect}, before the migration or after it; name one at the field, \
                 `#[lucia({dialect} = \"..\")]`, and start the folder of migrations for that database anew"
            ),
        }
    }
}

impl std::error::Error for Refusal {}
