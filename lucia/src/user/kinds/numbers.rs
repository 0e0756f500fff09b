//! Truth values and numbers, which Diesel binds and reads as they are.

use crate::error::InputRule;
use crate::user::storage::sealed::Sealed;
use crate::user::{Attribute, AttributeDefault, Storage, StoredAs, Unreadable, Value, is_its_own_option};
use crate::{Error, Result, UnixMillis};

macro_rules! plain {
    ($($type:ty, $value:ident, $is_kept:expr, $default:pat => $from_default:expr;)*) => {$(
        impl Sealed for $type {}

        impl Storage for $type {
            type Bound<'a> = Self;
            type Row = Self;

            is_its_own_option!();

            fn to_value(bound: Self) -> Value {
                Value::$value(bound)
            }

            fn from_value(value: Value) -> Option<Self> {
                match value {
                    Value::$value(value) => Some(value),
                    _ => None,
                }
            }

            fn from_default(default: AttributeDefault, _: UnixMillis) -> Option<Self> {
                match default {
                    $default => $from_default,
                    _ => None,
                }
            }

            fn check(bound: Self, attribute: &Attribute) -> Result<()> {
                if $is_kept(bound) { Ok(()) } else { Err(Error::input(attribute.name, InputRule::Finite)) }
            }
        }

        impl StoredAs<Self> for $type {
            fn bound(&self) -> Self {
                *self
            }

            fn from_row(row: Self) -> std::result::Result<Self, Unreadable> {
                Ok(row)
            }
        }
    )*};
}

/// Whether all databases keep a value: all do every whole number.
fn always<T>(_: T) -> bool {
    true
}

#[expect(clippy::cast_possible_truncation, reason = "the derive has compared the literal with the type")]
fn narrow(value: f64) -> f32 {
    value as f32
}

plain! {
    bool, Bool, always, AttributeDefault::Bool(value) => Some(value);
    i16, I16, always, AttributeDefault::Int(value) => Self::try_from(value).ok();
    i32, I32, always, AttributeDefault::Int(value) => Self::try_from(value).ok();
    i64, I64, always, AttributeDefault::Int(value) => Some(value);
    // What is not a number becomes NULL on SQLite and an error on MySQL.
    f32, F32, Self::is_finite, AttributeDefault::Float(value) => Some(narrow(value));
    f64, F64, Self::is_finite, AttributeDefault::Float(value) => Some(value);
}
