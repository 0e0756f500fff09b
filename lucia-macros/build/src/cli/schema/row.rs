//! What there is to say about a column, in the order in which it is said.

use lucia_schema::{Column, Table, Type};

/// A column of a table.
pub(super) struct Row<'a> {
    pub(super) column: &'a Column,
    pub(super) is_primary: bool,
    /// Unique on its own.
    pub(super) unique: Option<Unique>,
    pub(super) is_indexed: bool,
    /// The table and the column that it refers to.
    pub(super) refers_to: Option<(&'a str, &'a str)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unique {
    Exactly,
    Nocase,
}

/// All columns of a table.
pub(super) fn all(table: &Table) -> Vec<Row<'_>> {
    table.columns.iter().map(|column| row(table, column)).collect()
}

/// The columns that are unique together.
pub(super) fn together(table: &Table) -> Vec<String> {
    let several = table.indexes.iter().filter(|index| index.unique && index.columns.len() > 1);
    several.map(|index| index.columns.join(", ")).collect()
}

fn row<'a>(table: &'a Table, column: &'a Column) -> Row<'a> {
    let alone = |columns: &[String]| matches!(columns, [only] if *only == column.name);
    let indexes = || table.indexes.iter().filter(|index| alone(&index.columns));
    let unique = indexes().find(|index| index.unique);
    let key = table.foreign_keys.iter().find(|key| alone(&key.columns));
    Row {
        column,
        is_primary: alone(&table.primary_key),
        unique: unique.map(|index| if index.nocase { Unique::Nocase } else { Unique::Exactly }),
        is_indexed: indexes().any(|index| !index.unique),
        refers_to: key.and_then(|key| Some((key.table.as_str(), key.references.first()?.as_str()))),
    }
}

impl Row<'_> {
    /// What is special about it, in words.
    pub(super) fn notes(&self) -> String {
        let mut notes: Vec<String> = Vec::new();
        if self.is_primary {
            notes.push("primary key".to_owned());
        }
        if let Some((table, column)) = self.refers_to {
            notes.push(format!("refers to {table}.{column}"));
        }
        match self.unique {
            Some(Unique::Exactly) => notes.push("unique".to_owned()),
            Some(Unique::Nocase) => notes.push("unique whatever the case".to_owned()),
            None if self.is_indexed => notes.push("indexed".to_owned()),
            None => {}
        }
        if self.column.nullable {
            notes.push("may be null".to_owned());
        }
        if let Some(default) = &self.column.default {
            let default = default.to_string();
            // It is in back-ticks for prose.
            let plain = default.strip_prefix('`').and_then(|rest| rest.strip_suffix('`'));
            notes.push(format!("default {}", plain.unwrap_or(&default)));
        }
        notes.join(", ")
    }
}

/// A type as one word.
pub(super) fn word(ty: &Type) -> &'static str {
    match ty {
        Type::Id { .. } => "id",
        Type::Text { .. } => "text",
        Type::Bool => "bool",
        Type::I16 => "i16",
        Type::I32 => "i32",
        Type::I64 => "i64",
        Type::F32 => "f32",
        Type::F64 => "f64",
        Type::Bytes { .. } => "bytes",
        Type::Date => "date",
        Type::Time => "time",
        Type::Timestamp => "timestamp",
        Type::Uuid => "uuid",
        Type::Native(_) => "native",
    }
}

/// A type in few characters.
pub(super) fn short(ty: &Type) -> String {
    let length = match ty {
        Type::Id { max_bytes } => Some(*max_bytes),
        Type::Text { max_length } | Type::Bytes { max_length } => *max_length,
        _ => None,
    };
    length.map_or_else(|| word(ty).to_owned(), |length| format!("{}({length})", word(ty)))
}
