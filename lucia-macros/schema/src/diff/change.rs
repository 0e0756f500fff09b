//! One operation, and how a person is told about it.

use std::fmt;

use super::words::{Altered, Described, Names};
use crate::{Column, ForeignKey, Index, Table};

/// One difference: an operation on the old tables, with what SQL and a person need to know about it.
///
/// Tables, columns and the columns of indexes and keys are named as they are afterwards, but for what goes away.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Change {
    /// A table is new.
    CreateTable {
        /// All of it.
        table: Table,
    },
    /// A table goes.
    DropTable {
        /// All of it, as it was.
        table: Table,
    },
    /// A table has another name.
    RenameTable {
        /// What it was called.
        from: String,
        /// What it is called now.
        to: String,
    },
    /// A column is new.
    AddColumn {
        /// The table.
        table: String,
        /// The column.
        column: Column,
        /// Whether an index on it alone refuses equal values.
        unique: bool,
    },
    /// A column goes.
    DropColumn {
        /// The table.
        table: String,
        /// The column, as it was.
        column: Column,
    },
    /// A column has another name.
    RenameColumn {
        /// The table.
        table: String,
        /// What it was called.
        from: String,
        /// What it is called now.
        to: String,
    },
    /// A column holds something else.
    AlterColumn {
        /// The table.
        table: String,
        /// The column as it was, under the name that it has now.
        old: Column,
        /// The column as it is now.
        new: Column,
        /// Whether an index on it alone refuses equal values.
        unique: bool,
    },
    /// An index, a unique one included, is new.
    AddIndex {
        /// The table.
        table: String,
        /// The index.
        index: Index,
        /// Whether no row has a value in it yet, since one of its columns is new and nothing fills it.
        on_nulls: bool,
    },
    /// An index, a unique one included, goes.
    DropIndex {
        /// The table.
        table: String,
        /// The index, as it was.
        index: Index,
        /// Whether equal values are let in from now on: the index was unique, its columns stay, and no other index refuses
        /// what it did.
        loosens: bool,
    },
    /// An index has another name.
    RenameIndex {
        /// The table.
        table: String,
        /// What it was called.
        from: String,
        /// The index as it is now.
        to: Index,
    },
    /// A foreign key is new.
    AddForeignKey {
        /// The table that refers.
        table: String,
        /// The foreign key.
        key: ForeignKey,
    },
    /// A foreign key goes.
    DropForeignKey {
        /// The table that referred.
        table: String,
        /// The foreign key, as it was.
        key: ForeignKey,
    },
    /// A foreign key has another name.
    RenameForeignKey {
        /// The table that refers.
        table: String,
        /// What it was called.
        from: String,
        /// What it is called now.
        to: String,
    },
    /// The primary key is of other columns.
    ChangePrimaryKey {
        /// The table.
        table: String,
        /// Its columns as they were.
        from: Vec<String>,
        /// Its columns now.
        to: Vec<String>,
    },
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CreateTable { table } => write!(f, "table `{}` is new", table.name),
            Self::DropTable { table } => write!(f, "table `{}` is gone", table.name),
            Self::RenameTable { from, to } => write!(f, "table `{from}` is now called `{to}`"),
            Self::AddColumn { table, column, .. } => {
                write!(f, "column `{}` ({}) is new in `{table}`", column.name, Described(column))
            }
            Self::DropColumn { table, column } => {
                write!(f, "column `{}` ({}) is gone from `{table}`", column.name, Described(column))
            }
            Self::RenameColumn { table, from, to } => {
                write!(f, "column `{from}` of `{table}` is now called `{to}`")
            }
            Self::AlterColumn { table, old, new, .. } => {
                write!(f, "column `{}` of `{table}` {}", new.name, Altered { old, new })
            }
            Self::AddIndex { table, index, .. } => index_added(f, table, index),
            Self::DropIndex { table, index, loosens } => index_dropped(f, table, index, *loosens),
            Self::RenameIndex { table, from, to } => {
                write!(f, "index `{from}` of `{table}` is now called `{}`", to.name)
            }
            Self::AddForeignKey { table, key } => {
                let (columns, references) = (Names(&key.columns), Names(&key.references));
                write!(f, "{columns} of `{table}` must now be {references} of a row in `{}`", key.table)
            }
            Self::DropForeignKey { table, key } => {
                let (columns, references) = (Names(&key.columns), Names(&key.references));
                write!(f, "{columns} of `{table}` need no longer be {references} of a row in `{}`", key.table)
            }
            Self::RenameForeignKey { table, from, to } => {
                write!(f, "foreign key `{from}` of `{table}` is now called `{to}`")
            }
            Self::ChangePrimaryKey { table, from, to } => {
                write!(f, "the primary key of `{table}` was {} and is {}", Names(from), Names(to))
            }
        }
    }
}

fn index_added(f: &mut fmt::Formatter<'_>, table: &str, index: &Index) -> fmt::Result {
    let columns = Names(&index.columns);
    if index.unique {
        write!(f, "{columns} of `{table}` must now be unique{}", how(index))
    } else {
        write!(f, "{columns} of `{table}` has an index now")
    }
}

fn index_dropped(f: &mut fmt::Formatter<'_>, table: &str, index: &Index, loosens: bool) -> fmt::Result {
    let columns = Names(&index.columns);
    if loosens {
        write!(f, "{columns} of `{table}` need no longer be unique{}", how(index))
    } else if index.unique {
        write!(f, "unique index `{}` on {columns} is gone from `{table}`", index.name)
    } else {
        write!(f, "{columns} of `{table}` has no index any more")
    }
}

fn how(index: &Index) -> &'static str {
    match (index.nocase, index.columns.len()) {
        (true, _) => " whatever the case",
        (false, 0 | 1) => "",
        (false, _) => " together",
    }
}
