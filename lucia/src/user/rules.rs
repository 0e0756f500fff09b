//! What the derived code does with each attribute: check it, fill its default.

use super::{Attribute, AttributeType};
use crate::error::Kind;
use crate::{Result, UnixMillis};

/// The value as every database keeps it, when it keeps the attribute's rules.
///
/// # Errors
///
/// [`is_invalid_input`](crate::Error::is_invalid_input), with the attribute's name.
pub fn required<T: AttributeType>(attribute: &Attribute, value: T) -> Result<T> {
    let value = value.canonical();
    value.check(attribute)?;
    Ok(value)
}

/// Whether a change keeps the attribute's rules; one that is not asked for does.
///
/// # Errors
///
/// [`is_invalid_input`](crate::Error::is_invalid_input), with the attribute's name.
pub fn check<T: AttributeType>(attribute: &Attribute, change: Option<&T>) -> Result<()> {
    change.map_or(Ok(()), |value| value.check(attribute))
}

/// The given value, or else the attribute's default.
///
/// # Errors
///
/// [`is_invalid_input`](crate::Error::is_invalid_input), with the attribute's name.
pub fn or_default<T: AttributeType>(attribute: &Attribute, given: Option<T>, now: UnixMillis) -> Result<T> {
    match given {
        Some(value) => required(attribute, value),
        None => attribute
            .default
            .and_then(|default| T::from_default(default, now))
            .map(T::canonical)
            // The derive accepts only defaults of the attribute's kind.
            .ok_or_else(|| {
                Kind::Config(format!("`{}` has no default of its type", attribute.name), None).into()
            }),
    }
}
