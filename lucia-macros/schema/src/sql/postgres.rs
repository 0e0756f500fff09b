//! Columns on PostgreSQL.

use super::{definition, doubled, float, spelled};
use crate::{Column, Default, Dialect, Table, Type};

pub(super) fn column(column: &Column, keyed: bool) -> String {
    let default = column.default.as_ref().map(default);
    definition(column, Dialect::Postgres, &type_name(&column.ty, keyed), default.as_deref())
}

pub(super) fn type_name(ty: &Type, keyed: bool) -> String {
    match ty {
        Type::Id { .. } => format!("TEXT{BYTES}"),
        Type::Text { max_length } => {
            let name = max_length.map_or_else(|| "TEXT".to_owned(), |n| format!("VARCHAR({n})"));
            // Text that is only shown keeps the order of the database's own language.
            if keyed { name + BYTES } else { name }
        }
        Type::Bool => "BOOLEAN".to_owned(),
        Type::I16 => "SMALLINT".to_owned(),
        Type::I32 => "INTEGER".to_owned(),
        Type::I64 => "BIGINT".to_owned(),
        Type::F32 => "REAL".to_owned(),
        Type::F64 => "DOUBLE PRECISION".to_owned(),
        Type::Bytes { .. } | Type::Uuid => "BYTEA".to_owned(),
        Type::Native(native) => spelled(native, Dialect::Postgres),
        Type::Date => "DATE".to_owned(),
        Type::Time => "TIME".to_owned(),
        Type::Timestamp => "TIMESTAMP".to_owned(),
    }
}

/// Compares bytes: exact whatever the language of the database, safe from its updates, and quickest.
const BYTES: &str = " COLLATE \"C\"";

pub(super) fn default(value: &Default) -> String {
    match value {
        Default::Bool(true) => "TRUE".to_owned(),
        Default::Bool(false) => "FALSE".to_owned(),
        Default::Int(value) => value.to_string(),
        Default::Float(value) => float(*value),
        Default::Text(value) => doubled(value),
        // The column has no zone and holds UTC, whatever the zone of the connection.
        Default::Now => "(CURRENT_TIMESTAMP AT TIME ZONE 'UTC')".to_owned(),
    }
}

/// What the server calls the primary key of a table: the suffix stays whole, and the name has at most 63 bytes.
pub(super) fn primary_key(table: &Table) -> String {
    const ROOM: usize = 58;
    let start: String = table
        .name
        .char_indices()
        .take_while(|(place, c)| place + c.len_utf8() <= ROOM)
        .map(|(_, c)| c)
        .collect();
    start + "_pkey"
}
