//! Columns, indexes and options on MySQL and MariaDB: one text that means the same on both.

use super::{definition, float, folded_column, identifier, identifiers, spelled};
use crate::{Column, DEFAULT_KEYED_LENGTH, Default, Dialect, Index, Table, Type};

/// The default charset of a server may be latin1.
pub(super) const TABLE_OPTIONS: &str = " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

/// Ids are ASCII, so that the longest of them fits an index.
const ASCII: &str = " CHARACTER SET ascii COLLATE ascii_bin";

/// Compares bytes, trailing spaces included. The two servers call this collation by different names: MySQL runs the
/// first comment and skips the second, MariaDB skips the first (its numbers between 50700 and 99999 are not for it)
/// and runs the second. `utf8mb4_bin`, which both know, takes `ada` and `ada ` for equal.
const BYTES: &str =
    " CHARACTER SET utf8mb4 COLLATE /*!80017 utf8mb4_0900_bin */ /*M!100200 utf8mb4_nopad_bin */";

pub(super) fn column(column: &Column, keyed: bool) -> String {
    let ty = type_name(&column.ty, keyed);
    let default = column.default.as_ref().map(|value| default(value, &column.ty, keyed));
    definition(column, Dialect::Mysql, &ty, default.as_deref())
}

pub(super) fn index(index: &Index) -> String {
    let unique = if index.unique { "UNIQUE " } else { "" };
    let name = identifier(&index.name, Dialect::Mysql);
    let folded = |column: &String| if index.nocase { folded_column(column) } else { column.clone() };
    let columns: Vec<String> = index.columns.iter().map(folded).collect();
    format!("{unique}KEY {name} ({})", identifiers(&columns, Dialect::Mysql))
}

/// A column that the server fills with another one's text in lower case, letter by letter: `LOWER` would fold those of
/// every script, and the other databases fold those of ASCII only.
pub(super) fn folded(table: &Table, index: &Index) -> String {
    let column = index.columns.first().and_then(|name| table.column(name));
    let (name, ty) = column
        .map_or((String::new(), String::new()), |column| (column.name.clone(), type_name(&column.ty, true)));
    let text = identifier(&name, Dialect::Mysql);
    let lower = ('A'..='Z')
        .fold(text, |text, letter| format!("REPLACE({text}, '{letter}', '{}')", letter.to_ascii_lowercase()));
    format!("{} {ty} AS ({lower}) VIRTUAL", identifier(&folded_column(&name), Dialect::Mysql))
}

/// A backslash is special between quotes, unlike in standard SQL.
pub(super) fn text(value: &str) -> String {
    format!("'{}'", value.replace('\\', r"\\").replace('\'', "''"))
}

fn type_name(ty: &Type, keyed: bool) -> String {
    match *ty {
        Type::Id { max_bytes } => format!("VARCHAR({max_bytes}){ASCII}"),
        // Only a type that states its length can be indexed.
        Type::Text { max_length } if keyed => format!("VARCHAR({}){BYTES}", length(max_length)),
        // A character takes up to four bytes.
        Type::Text { max_length } => format!("{}TEXT", size(max_length.map(|n| u64::from(n) * 4))),
        Type::Bytes { max_length } if keyed => format!("VARBINARY({})", length(max_length)),
        Type::Bytes { max_length } => format!("{}BLOB", size(max_length.map(u64::from))),
        Type::Bool => "TINYINT(1)".to_owned(),
        Type::I16 => "SMALLINT".to_owned(),
        Type::I32 => "INTEGER".to_owned(),
        Type::I64 => "BIGINT".to_owned(),
        Type::F32 => "FLOAT".to_owned(),
        Type::F64 => "DOUBLE".to_owned(),
        Type::Date => "DATE".to_owned(),
        // Without a number the fraction of the second is cut off.
        Type::Time => "TIME(6)".to_owned(),
        // Not `TIMESTAMP`, which ends in 2038 and depends on the zone of the connection.
        Type::Timestamp => "DATETIME(6)".to_owned(),
        Type::Uuid => "BINARY(16)".to_owned(),
        Type::Native(ref native) => spelled(native, Dialect::Mysql),
    }
}

fn length(max_length: Option<u32>) -> u32 {
    max_length.unwrap_or(DEFAULT_KEYED_LENGTH)
}

/// The smallest `TEXT` or `BLOB` that holds as many bytes. Without a limit the other databases take more than the 64
/// KiB of a plain one, and a server that is not strict would cut what is longer without a word.
const fn size(max_bytes: Option<u64>) -> &'static str {
    match max_bytes {
        None => "LONG",
        Some(0..=65_535) => "",
        Some(_) => "MEDIUM",
    }
}

pub(super) fn default(value: &Default, ty: &Type, keyed: bool) -> String {
    match value {
        Default::Bool(value) => u8::from(*value).to_string(),
        Default::Int(value) => value.to_string(),
        Default::Float(value) => float(*value),
        // A `TEXT` takes an expression only, which is what the parentheses make of a literal.
        Default::Text(value) if matches!(ty, Type::Text { .. }) && !keyed => format!("({})", text(value)),
        Default::Text(value) => text(value),
        // The column holds UTC, whatever the zone of the connection.
        Default::Now => "(UTC_TIMESTAMP(6))".to_owned(),
    }
}
