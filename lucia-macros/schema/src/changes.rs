//! What differs between two schemas, in plain words. Only for reporting: a rename is a removed and a new column here.
//!
//! The order of columns and indexes is no difference: a database that was migrated in steps has another order than one that
//! was made at once, and queries name the columns that they read.

use std::fmt;

use crate::{Column, Default, Dialect, Index, Schema, Table, Type};

/// One difference.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Change {
    /// A table is new.
    NewTable {
        /// Its name.
        table: String,
    },
    /// A table is gone.
    GoneTable {
        /// Its name.
        table: String,
    },
    /// A column is new.
    NewColumn {
        /// The table.
        table: String,
        /// The column as it is now.
        column: Column,
    },
    /// A column is gone.
    GoneColumn {
        /// The table.
        table: String,
        /// The column as it was.
        column: Column,
    },
    /// A column holds something else.
    ChangedColumn {
        /// The table.
        table: String,
        /// The column as it was.
        old: Column,
        /// The column as it is now.
        new: Column,
    },
    /// The primary key is of other columns.
    ChangedPrimaryKey {
        /// The table.
        table: String,
        /// Its columns now.
        columns: Vec<String>,
    },
    /// An index, a unique one included, is new.
    NewIndex {
        /// The table.
        table: String,
        /// Its columns.
        columns: Vec<String>,
        /// Whether it refuses equal values.
        unique: bool,
        /// Whether it takes upper and lower case for equal.
        nocase: bool,
    },
    /// An index, a unique one included, is gone.
    GoneIndex {
        /// The table.
        table: String,
        /// Its columns.
        columns: Vec<String>,
        /// Whether it refused equal values.
        unique: bool,
        /// Whether it took upper and lower case for equal.
        nocase: bool,
    },
    /// An index has another name.
    RenamedIndex {
        /// The table.
        table: String,
        /// What it was called.
        old: String,
        /// What it is called now.
        new: String,
    },
    /// A foreign key is new, gone, or refers to something else.
    ChangedForeignKeys {
        /// The table.
        table: String,
    },
}

/// What turns `old` into `new`, table by table in the order of `new`; tables that are gone come last.
#[must_use]
pub fn changes(old: &Schema, new: &Schema) -> Vec<Change> {
    let mut found = Vec::new();
    for table in &new.tables {
        match old.table(&table.name) {
            Some(before) => table_changes(before, table, &mut found),
            None => found.push(Change::NewTable { table: table.name.clone() }),
        }
    }
    for table in &old.tables {
        if new.table(&table.name).is_none() {
            found.push(Change::GoneTable { table: table.name.clone() });
        }
    }
    found
}

fn table_changes(old: &Table, new: &Table, found: &mut Vec<Change>) {
    column_changes(old, new, found);
    if old.primary_key != new.primary_key {
        found.push(Change::ChangedPrimaryKey { table: new.name.clone(), columns: new.primary_key.clone() });
    }
    index_changes(old, new, found);
    if old.foreign_keys != new.foreign_keys {
        found.push(Change::ChangedForeignKeys { table: new.name.clone() });
    }
}

fn column_changes(old: &Table, new: &Table, found: &mut Vec<Change>) {
    let table = || new.name.clone();
    for column in &new.columns {
        match old.column(&column.name) {
            None => found.push(Change::NewColumn { table: table(), column: column.clone() }),
            Some(before) if before != column => {
                found.push(Change::ChangedColumn {
                    table: table(),
                    old: before.clone(),
                    new: column.clone(),
                });
            }
            Some(_) => {}
        }
    }
    for column in &old.columns {
        if new.column(&column.name).is_none() {
            found.push(Change::GoneColumn { table: table(), column: column.clone() });
        }
    }
}

fn index_changes(old: &Table, new: &Table, found: &mut Vec<Change>) {
    let table = || new.name.clone();
    for index in &new.indexes {
        match old.indexes.iter().find(|other| is_same(other, index)) {
            None => found.push(Change::NewIndex {
                table: table(),
                columns: index.columns.clone(),
                unique: index.unique,
                nocase: index.nocase,
            }),
            Some(before) if before.name != index.name => found.push(Change::RenamedIndex {
                table: table(),
                old: before.name.clone(),
                new: index.name.clone(),
            }),
            Some(_) => {}
        }
    }
    for index in &old.indexes {
        if !new.indexes.iter().any(|other| is_same(other, index)) {
            found.push(Change::GoneIndex {
                table: table(),
                columns: index.columns.clone(),
                unique: index.unique,
                nocase: index.nocase,
            });
        }
    }
}

/// Whether two indexes do the same, whatever they are called.
fn is_same(a: &Index, b: &Index) -> bool {
    (&a.columns, a.unique, a.nocase) == (&b.columns, b.unique, b.nocase)
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NewTable { table } => write!(f, "table `{table}` is new"),
            Self::GoneTable { table } => write!(f, "table `{table}` is gone"),
            Self::NewColumn { table, column } => {
                write!(f, "column `{}` ({}) is new in `{table}`", column.name, Described(column))
            }
            Self::GoneColumn { table, column } => {
                write!(f, "column `{}` ({}) is gone from `{table}`", column.name, Described(column))
            }
            Self::ChangedColumn { table, old, new } => {
                let name = &new.name;
                write!(f, "column `{name}` of `{table}` was {} and is {}", Described(old), Described(new))
            }
            Self::ChangedPrimaryKey { table, columns } => {
                write!(f, "the primary key of `{table}` is now {}", Names(columns))
            }
            Self::NewIndex { table, columns, unique: true, nocase } => {
                write!(f, "{} of `{table}` must now be unique{}", Names(columns), whatever(*nocase))
            }
            Self::NewIndex { table, columns, unique: false, .. } => {
                write!(f, "{} of `{table}` has an index now", Names(columns))
            }
            Self::GoneIndex { table, columns, unique: true, nocase } => {
                write!(f, "{} of `{table}` need no longer be unique{}", Names(columns), whatever(*nocase))
            }
            Self::GoneIndex { table, columns, unique: false, .. } => {
                write!(f, "{} of `{table}` has no index any more", Names(columns))
            }
            Self::RenamedIndex { table, old, new } => {
                write!(f, "index `{old}` of `{table}` is now called `{new}`")
            }
            Self::ChangedForeignKeys { table } => write!(f, "the foreign keys of `{table}` have changed"),
        }
    }
}

const fn whatever(nocase: bool) -> &'static str {
    if nocase { " whatever the case" } else { "" }
}

struct Names<'a>(&'a [String]);

impl fmt::Display for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0.join("`, `"))
    }
}

struct Described<'a>(&'a Column);

impl fmt::Display for Described<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Column { ty, nullable, default, .. } = self.0;
        write!(f, "{ty}, {}", if *nullable { "may be null" } else { "not null" })?;
        match default {
            None => Ok(()),
            Some(default) => write!(f, ", default {default}"),
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id { max_bytes } => write!(f, "id of at most {max_bytes} bytes"),
            Self::Text { max_length: None } => f.write_str("text"),
            Self::Text { max_length: Some(n) } => write!(f, "text of at most {n} characters"),
            Self::Bool => f.write_str("true or false"),
            Self::I16 => f.write_str("16-bit number"),
            Self::I32 => f.write_str("32-bit number"),
            Self::I64 => f.write_str("64-bit number"),
            Self::F32 => f.write_str("number in single precision"),
            Self::F64 => f.write_str("number in double precision"),
            Self::Bytes { max_length: None } => f.write_str("bytes"),
            Self::Bytes { max_length: Some(n) } => write!(f, "at most {n} bytes"),
            Self::Date => f.write_str("date"),
            Self::Time => f.write_str("time of day"),
            Self::Timestamp => f.write_str("timestamp"),
            Self::Uuid => f.write_str("16 bytes of a UUID"),
            Self::Native(native) => {
                let spelled =
                    Dialect::ALL.map(|dialect| native.on(dialect).map(|ty| format!("`{ty}` on {dialect}")));
                f.write_str(&spelled.into_iter().flatten().collect::<Vec<_>>().join(", "))
            }
        }
    }
}

impl fmt::Display for Default {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(value) => write!(f, "`{value}`"),
            Self::Int(value) => write!(f, "`{value}`"),
            Self::Float(value) => write!(f, "`{value:?}`"),
            Self::Text(value) => write!(f, "`{value:?}`"),
            Self::Now => f.write_str("now"),
        }
    }
}
