//! What the derived code does with each attribute: check it, fill its default, turn it into what an adapter stores.

use super::{AttributeType, Column, Value};
use crate::error::Kind;
use crate::{Result, UnixMillis};

/// The value as every database keeps it, when it keeps the attribute's rules.
///
/// # Errors
///
/// [`is_invalid_input`](crate::Error::is_invalid_input), with the attribute's name.
pub fn required<T, S: AttributeType>(column: &Column<T, S>, value: T) -> Result<T> {
    let value = column.take(value).canonical();
    value.check(&column.attribute)?;
    Ok(column.put(value))
}

/// Whether a change keeps the attribute's rules; one that is not asked for does.
///
/// # Errors
///
/// [`is_invalid_input`](crate::Error::is_invalid_input), with the attribute's name.
pub fn check<T, S: AttributeType>(column: &Column<T, S>, change: Option<&T>) -> Result<()> {
    change.map_or(Ok(()), |value| column.get(value).check(&column.attribute))
}

/// The given value, or else the attribute's default.
///
/// # Errors
///
/// [`is_invalid_input`](crate::Error::is_invalid_input), with the attribute's name.
pub fn or_default<T, S: AttributeType>(
    column: &Column<T, S>,
    given: Option<T>,
    now: UnixMillis,
) -> Result<T> {
    let attribute = &column.attribute;
    match given {
        Some(value) => required(column, value),
        None => attribute
            .default
            .and_then(|default| S::from_default(default, now))
            .map(|value| column.put(value.canonical()))
            // The derive accepts only defaults of the attribute's kind.
            .ok_or_else(|| {
                Kind::Config(format!("`{}` has no default of its type", attribute.name), None).into()
            }),
    }
}

/// The value as bound in a Diesel expression.
pub fn bound<'a, T, S: AttributeType>(column: &Column<T, S>, value: &'a T) -> S::Bound<'a> {
    column.get(value).bound()
}

/// The value that Diesel has read.
pub fn from_row<T, S: AttributeType>(column: &Column<T, S>, row: S::Row) -> T {
    column.put(S::from_row(row))
}

/// The value without its type.
pub fn to_value<T, S: AttributeType>(column: &Column<T, S>, value: &T) -> Value {
    column.get(value).to_value()
}

/// The value with its type, or `None` when there is none or it is of another kind.
#[must_use]
pub fn from_value<T, S: AttributeType>(column: &Column<T, S>, value: Option<Value>) -> Option<T> {
    S::from_value(value?).map(|value| column.put(value))
}
