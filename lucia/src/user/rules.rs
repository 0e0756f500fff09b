//! What the derived code does with each attribute: check it, fill its default, turn it into what an adapter stores.

use super::{Column, Storage, StoredAs, Value};
use crate::error::Kind;
use crate::{Result, UnixMillis};

/// The value as every database keeps it, when it keeps the attribute's rules.
///
/// # Errors
///
/// [`is_invalid_input`](crate::Error::is_invalid_input), with the attribute's name.
pub fn required<T, S: Storage>(column: &Column<T, S>, value: T) -> Result<T> {
    let value = column.canonical(value);
    column.check(&value)?;
    Ok(value)
}

/// Whether a change keeps the attribute's rules; one that is not asked for does.
///
/// # Errors
///
/// [`is_invalid_input`](crate::Error::is_invalid_input), with the attribute's name.
pub fn check<T, S: Storage>(column: &Column<T, S>, change: Option<&T>) -> Result<()> {
    change.map_or(Ok(()), |value| column.check(value))
}

/// The given value, or else the attribute's default.
///
/// # Errors
///
/// [`is_invalid_input`](crate::Error::is_invalid_input), with the attribute's name.
pub fn or_default<T, S: Storage>(column: &Column<T, S>, given: Option<T>, now: UnixMillis) -> Result<T> {
    if let Some(value) = given {
        return required(column, value);
    }
    let attribute = &column.attribute;
    let row = attribute.default.and_then(|default| S::from_default(default, now));
    let value = row.and_then(|row| column.read(row).ok()).map(|value| column.canonical(value));
    // The derive accepts only defaults of the attribute's kind.
    value.ok_or_else(|| Kind::Config(format!("`{}` has no default of its type", attribute.name), None).into())
}

/// The value without its type.
pub fn to_value<T, S: Storage>(column: &Column<T, S>, value: &T) -> Value {
    S::to_value(column.bound(value))
}

/// The value of a type that says itself how it is stored.
pub fn stored_value<T: StoredAs<S>, S: Storage>(value: &T) -> Value {
    S::to_value(value.bound())
}

/// The value with its type, or `None` when there is none or it is of another kind.
#[must_use]
pub fn from_value<T, S: Storage>(column: &Column<T, S>, value: Option<Value>) -> Option<T> {
    column.read(S::from_value(value?)?).ok()
}
