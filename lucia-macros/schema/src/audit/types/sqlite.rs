//! Types as SQLite understands them: a column of a type takes any value, but may turn it into another one first.

use super::Fit;
use crate::Type;

/// What SQLite does to the values of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Affinity {
    Integer,
    Text,
    Blob,
    Real,
    Numeric,
}

/// How a declared type fits.
pub(super) fn fit(ty: &Type, declared: &str) -> Fit {
    use Affinity::{Blob, Integer, Numeric, Real, Text};

    let affinity = affinity(declared);
    let fits = match ty {
        // A number in text would lose its zeros: `007` becomes 7.
        Type::Id { .. } | Type::Text { .. } => matches!(affinity, Text | Blob),
        Type::Bool | Type::I16 | Type::I32 | Type::I64 => matches!(affinity, Integer | Numeric | Blob),
        Type::F32 | Type::F64 => matches!(affinity, Real | Numeric | Blob),
        // Bytes are never turned into anything; but a type that says something else is meant for something else.
        Type::Bytes { .. } | Type::Uuid => affinity == Blob,
        // Text that is no number stays as it is.
        Type::Date | Type::Time | Type::Timestamp => matches!(affinity, Numeric | Text | Blob),
        Type::Native(_) => true,
    };
    if fits { Fit::Fits } else { Fit::Other }
}

/// By SQLite's own rules, in their order.
fn affinity(declared: &str) -> Affinity {
    let has = |words: &[&str]| words.iter().any(|word| declared.contains(word));
    if has(&["int"]) {
        Affinity::Integer
    } else if has(&["char", "clob", "text"]) {
        Affinity::Text
    } else if has(&["blob"]) || declared.is_empty() {
        Affinity::Blob
    } else if has(&["real", "floa", "doub"]) {
        Affinity::Real
    } else {
        Affinity::Numeric
    }
}
