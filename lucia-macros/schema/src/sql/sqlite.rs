//! Columns on SQLite.
//!
//! The names of types are those that Diesel's command line reads back as the types of our tables. SQLite itself takes
//! them as hints and would store text in a `BIGINT`, so that each column checks what it is given.

use super::{definition, doubled, float, identifier, spelled};
use crate::{Column, Default, Dialect, Type};

/// The lines that begin whatever rebuilds a table.
///
/// While a table that others refer to is dropped, SQLite deletes its rows, and with them whatever refers to them by
/// `ON DELETE CASCADE`, unless foreign keys are off. They cannot be turned off inside a transaction: that is silently ignored,
/// so that the script asks for the state right after these lines and fails if they are on.
///
/// A program that runs such a script in a transaction of its own turns foreign keys off, begins the transaction, leaves these lines
/// and [`REBUILD_CLOSES`] out, and turns foreign keys on again when it is over, whatever came of it. When a statement of the script
/// fails, the transaction is still open: it must be rolled back, and foreign keys turned on, or the connection closed.
pub const REBUILD_OPENS: &str = "PRAGMA foreign_keys = OFF;\nBEGIN IMMEDIATE;\n";

/// The lines that end whatever rebuilds a table.
pub const REBUILD_CLOSES: &str = "COMMIT;\nPRAGMA foreign_keys = ON;\n";

pub(super) fn column(column: &Column) -> String {
    let default = column.default.as_ref().map(default);
    let start = definition(column, Dialect::Sqlite, &type_name(&column.ty), default.as_deref());
    match check(column) {
        Some(check) => format!("{start} CHECK ({check})"),
        None => start,
    }
}

pub(super) fn type_name(ty: &Type) -> String {
    let name = match ty {
        Type::Id { .. } | Type::Text { .. } => "TEXT",
        Type::Bool => "BOOLEAN",
        Type::I16 => "SMALLINT",
        Type::I32 => "INTEGER",
        Type::I64 => "BIGINT",
        Type::F32 => "FLOAT",
        Type::F64 => "DOUBLE",
        Type::Bytes { .. } | Type::Uuid => "BLOB",
        Type::Date => "DATE",
        Type::Time => "TIME",
        Type::Timestamp => "TIMESTAMP",
        Type::Native(native) => return spelled(native, Dialect::Sqlite),
    };
    name.to_owned()
}

/// Diesel reads a number that does not fit by cutting bits off, hence the ranges. What a native type holds is not ours to say.
fn check(column: &Column) -> Option<String> {
    let name = identifier(&column.name, Dialect::Sqlite);
    let stored_as = |class: &str| format!("typeof({name}) = '{class}'");
    let holds = match column.ty {
        // Dates and times are stored as text, which sorts as they do.
        Type::Id { .. } | Type::Text { .. } | Type::Date | Type::Time | Type::Timestamp => stored_as("text"),
        Type::Bool => format!("{} AND {name} IN (0, 1)", stored_as("integer")),
        Type::I16 => format!("{} AND {name} BETWEEN {} AND {}", stored_as("integer"), i16::MIN, i16::MAX),
        Type::I32 => format!("{} AND {name} BETWEEN {} AND {}", stored_as("integer"), i32::MIN, i32::MAX),
        Type::I64 => stored_as("integer"),
        Type::F32 | Type::F64 => stored_as("real"),
        Type::Bytes { .. } => stored_as("blob"),
        Type::Uuid => format!("{} AND length({name}) = 16", stored_as("blob")),
        Type::Native(_) => return None,
    };
    Some(if column.nullable { format!("{name} IS NULL OR {holds}") } else { holds })
}

pub(super) fn default(value: &Default) -> String {
    match value {
        // `'true'` would be stored as text and read as false.
        Default::Bool(value) => u8::from(*value).to_string(),
        Default::Int(value) => value.to_string(),
        Default::Float(value) => float(*value),
        Default::Text(value) => doubled(value),
        // In UTC.
        Default::Now => "CURRENT_TIMESTAMP".to_owned(),
    }
}
