//! Types as PostgreSQL spells them.

use super::{Holds, argument};
use crate::Type;

/// What a column of a schema holds.
pub(super) fn wanted(ty: &Type) -> Holds {
    match super::wanted(ty) {
        // `CHAR` is filled up with spaces, which are read back.
        Holds::Text { chars, .. } => Holds::Text { chars, padded: false },
        // There is one type for bytes of any length.
        Holds::Bytes { .. } => Holds::Bytes { max: None, padded: false },
        other => other,
    }
}

/// What `format_type` tells.
pub(super) fn holds(ty: &str) -> Holds {
    let digits = || argument(ty).and_then(|digits| u8::try_from(digits).ok()).unwrap_or(6);
    match ty.split('(').next().unwrap_or_default().trim() {
        "text" | "citext" => Holds::Text { chars: None, padded: false },
        "character varying" => Holds::Text { chars: argument(ty), padded: false },
        "character" => Holds::Text { chars: argument(ty), padded: true },
        "boolean" => Holds::Bool,
        "smallint" => Holds::Int { bits: 16, unsigned: false },
        "integer" => Holds::Int { bits: 32, unsigned: false },
        "bigint" => Holds::Int { bits: 64, unsigned: false },
        "real" => Holds::Float { bits: 32 },
        "double precision" => Holds::Float { bits: 64 },
        "bytea" => Holds::Bytes { max: None, padded: false },
        "date" => Holds::Date,
        "time without time zone" => Holds::Time { digits: 6 },
        "timestamp without time zone" => Holds::Timestamp { digits: 6 },
        "time" if ty.ends_with("without time zone") => Holds::Time { digits: digits() },
        "timestamp" if ty.ends_with("without time zone") => Holds::Timestamp { digits: digits() },
        _ => Holds::Other,
    }
}

/// A type without the quotes and the schema of its name, under the name that `format_type` gives it.
pub(super) fn plain(ty: &str) -> String {
    let unquoted: String = ty.chars().filter(|c| *c != '"').collect();
    let name_ends = unquoted.find(['(', '[', ' ']).unwrap_or(unquoted.len());
    let (name, rest) = unquoted.split_at(name_ends);
    let name = name.rsplit('.').next().unwrap_or_default();
    // Those whose zone follows their number have the short name only.
    let zone = if rest.contains("time zone") { "" } else { " without time zone" };
    match name {
        "varchar" => format!("character varying{rest}"),
        "char" => format!("character{rest}"),
        "bool" => format!("boolean{rest}"),
        "int2" | "smallserial" => format!("smallint{rest}"),
        "int" | "int4" | "serial" => format!("integer{rest}"),
        "int8" | "bigserial" => format!("bigint{rest}"),
        "float4" => format!("real{rest}"),
        "float" | "float8" => format!("double precision{rest}"),
        "decimal" => format!("numeric{rest}"),
        "varbit" => format!("bit varying{rest}"),
        "timestamptz" => format!("timestamp{rest} with time zone"),
        "timetz" => format!("time{rest} with time zone"),
        "timestamp" | "time" if !rest.contains('[') => format!("{name}{rest}{zone}"),
        _ => format!("{name}{rest}"),
    }
}
