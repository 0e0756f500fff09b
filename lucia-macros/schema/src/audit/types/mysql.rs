//! Types as MySQL and MariaDB spell them.

use super::{Holds, argument, keyed_length};
use crate::Type;

/// What a column of a schema holds.
pub(super) fn wanted(ty: &Type, keyed: bool) -> Holds {
    match *ty {
        Type::Text { max_length } if keyed => {
            Holds::Text { chars: Some(keyed_length(max_length)), padded: false }
        }
        Type::Bytes { max_length } if keyed => {
            Holds::Bytes { max: Some(keyed_length(max_length)), padded: false }
        }
        ref ty => super::wanted(ty),
    }
}

/// What `column_type` tells. Its numbers in parentheses are no widths of integers.
pub(super) fn holds(ty: &str) -> Holds {
    let digits = || argument(ty).and_then(|digits| u8::try_from(digits).ok()).unwrap_or(0);
    let int = |bits| Holds::Int { bits, unsigned: ty.contains("unsigned") };
    // A character takes up to four bytes.
    let text = |bytes: u64| Holds::Text { chars: Some(bytes / 4), padded: false };
    let bytes = |max| Holds::Bytes { max: Some(max), padded: false };
    match name(ty) {
        "varchar" => Holds::Text { chars: argument(ty), padded: false },
        "char" => Holds::Text { chars: Some(argument(ty).unwrap_or(1)), padded: true },
        "tinytext" => text(255),
        "text" => text(65_535),
        "mediumtext" => text(16_777_215),
        "longtext" => Holds::Text { chars: None, padded: false },
        "varbinary" => Holds::Bytes { max: argument(ty), padded: false },
        "binary" => Holds::Bytes { max: Some(argument(ty).unwrap_or(1)), padded: true },
        "tinyblob" => bytes(255),
        "blob" => bytes(65_535),
        "mediumblob" => bytes(16_777_215),
        "longblob" => Holds::Bytes { max: None, padded: false },
        "tinyint" => int(8),
        "smallint" => int(16),
        "mediumint" => int(24),
        "int" => int(32),
        "bigint" => int(64),
        "float" => Holds::Float { bits: 32 },
        "double" => Holds::Float { bits: 64 },
        "date" => Holds::Date,
        "time" => Holds::Time { digits: digits() },
        // `timestamp` ends in 2038 and depends on the zone of the connection.
        "datetime" => Holds::Timestamp { digits: digits() },
        _ => Holds::Other,
    }
}

fn name(ty: &str) -> &str {
    ty.split(['(', ' ']).next().unwrap_or_default()
}

/// A type under the name that `column_type` gives it, without the number that integers may have in parentheses and without
/// charset and collation, which are told apart from it.
pub(super) fn plain(ty: &str) -> String {
    let ty =
        [" character set ", " charset ", " collate "].iter().fold(ty, |ty, word| match ty.split_once(word) {
            Some((before, _)) => before,
            None => ty,
        });
    let of = name(ty);
    let rest = ty.get(of.len()..).unwrap_or_default();
    let unsigned = if ty.contains("unsigned") { " unsigned" } else { "" };
    match of {
        "tinyint" | "bool" | "boolean" => format!("tinyint{unsigned}"),
        "smallint" => format!("smallint{unsigned}"),
        "mediumint" => format!("mediumint{unsigned}"),
        "int" | "integer" => format!("int{unsigned}"),
        "bigint" => format!("bigint{unsigned}"),
        // MariaDB has no type of its own for it.
        "json" => "longtext".to_owned(),
        "real" => format!("double{rest}"),
        "dec" | "numeric" | "fixed" => format!("decimal{rest}"),
        _ => format!("{of}{rest}"),
    }
}
