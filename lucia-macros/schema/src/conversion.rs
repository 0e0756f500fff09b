//! What becomes of the values of a column whose type changes: the one table of the conversions that migrations write.

use crate::{Dialect, Native, Type};

/// What becomes of the values of a column whose type changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Conversion {
    /// Nothing: the types are equal on every database that has both.
    Same,
    /// Every value stays as it is and has more room: a wider number, longer text, longer bytes.
    Widen,
    /// A value stays as it is or, where it does not fit, the migration fails: a narrower integer, shorter text, shorter
    /// bytes.
    Narrow,
    /// A number of double precision keeps the digits that single precision has, and loses the others.
    Round,
    /// An integer is written in decimal digits.
    IntegerToText {
        /// Whether the longest number of that width fits the text; where it does not, the migration fails on one that is
        /// longer.
        fits: bool,
    },
    /// Text is read as the integer that it is the decimal digits of. The migration fails on any other text: `007`, `+7`
    /// and `7 ` are no integer that would be written like that.
    TextToInteger,
    /// False becomes 0 and true becomes 1.
    BoolToInteger,
    /// 0 becomes false and 1 becomes true; the migration fails on any other number.
    IntegerToBool,
    /// None is written.
    Refused,
}

/// What becomes of values of one type in a column that turns into the other one.
///
/// # Example
///
/// ```
/// use lucia_schema::{Conversion, Type, conversion};
///
/// assert_eq!(conversion(&Type::I32, &Type::I64), Conversion::Widen);
/// assert_eq!(conversion(&Type::I64, &Type::Date), Conversion::Refused);
/// ```
#[must_use]
pub fn conversion(from: &Type, to: &Type) -> Conversion {
    use Type::{Bool, Bytes, F32, F64, I16, I32, I64, Text};

    match (from, to) {
        (Type::Native(from), Type::Native(to)) if is_same(from, to) => Conversion::Same,
        (from, to) if from == to => Conversion::Same,
        (I16, I32 | I64) | (I32, I64) | (F32, F64) => Conversion::Widen,
        (I64, I32 | I16) | (I32, I16) => Conversion::Narrow,
        (F64, F32) => Conversion::Round,
        (Text { max_length: from }, Text { max_length: to })
        | (Bytes { max_length: from }, Bytes { max_length: to }) => {
            if has_room(*to, *from) {
                Conversion::Widen
            } else {
                Conversion::Narrow
            }
        }
        (I16 | I32 | I64, Text { max_length }) => {
            Conversion::IntegerToText { fits: has_room(*max_length, longest(from)) }
        }
        (Text { .. }, I16 | I32 | I64) => Conversion::TextToInteger,
        (Bool, I16 | I32 | I64) => Conversion::BoolToInteger,
        (I16 | I32 | I64, Bool) => Conversion::IntegerToBool,
        _ => Conversion::Refused,
    }
}

impl Conversion {
    /// Whether a migration writes it.
    #[must_use]
    pub const fn is_written(self) -> bool {
        !matches!(self, Self::Refused)
    }

    /// Whether there are values on which the migration fails.
    #[must_use]
    pub const fn can_fail(self) -> bool {
        matches!(
            self,
            Self::Narrow | Self::TextToInteger | Self::IntegerToBool | Self::IntegerToText { fits: false }
        )
    }

    /// Whether the values that come out do not tell which ones went in.
    #[must_use]
    pub const fn loses_data(self) -> bool {
        matches!(self, Self::Round)
    }
}

/// Whether no database that has a spelling of both has two. A type that gained or lost a database is the same on all others.
fn is_same(from: &Native, to: &Native) -> bool {
    Dialect::ALL.iter().all(|dialect| match (from.on(*dialect), to.on(*dialect)) {
        (Some(from), Some(to)) => from == to,
        _ => true,
    })
}

/// Whether a column with the limit `to` holds whatever one with the limit `from` does. No limit has room for all.
fn has_room(to: Option<u32>, from: Option<u32>) -> bool {
    match (to, from) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(to), Some(from)) => to >= from,
    }
}

/// How many characters the longest integer of that type takes, the sign included.
const fn longest(ty: &Type) -> Option<u32> {
    match ty {
        Type::I16 => Some(6),
        Type::I32 => Some(11),
        Type::I64 => Some(20),
        _ => None,
    }
}
