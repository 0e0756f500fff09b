//! Text.

use crate::error::InputRule;
use crate::user::storage::sealed::Sealed;
use crate::user::{Attribute, AttributeDefault, Storage, StoredAs, Unreadable, Value, is_its_own_option};
use crate::{Error, Result, UnixMillis};

impl Sealed for String {}

impl Storage for String {
    type Bound<'a> = &'a str;
    type Row = Self;

    is_its_own_option!();

    fn to_value(bound: &str) -> Value {
        Value::Text(bound.to_owned())
    }

    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    fn from_default(default: AttributeDefault, _: UnixMillis) -> Option<Self> {
        match default {
            AttributeDefault::Text(text) => Some(text.to_owned()),
            _ => None,
        }
    }

    fn check(bound: &str, attribute: &Attribute) -> Result<()> {
        // PostgreSQL keeps no NUL in a text, and C code behind SQLite ends at one.
        if bound.contains('\0') {
            return Err(Error::input(attribute.name, InputRule::NoNul));
        }
        match attribute.max_length {
            Some(max) if bound.chars().count() > max as usize => {
                Err(Error::input(attribute.name, InputRule::MaxCharacters(max)))
            }
            _ => Ok(()),
        }
    }
}

impl StoredAs<Self> for String {
    fn bound(&self) -> &str {
        self
    }

    fn from_row(row: Self) -> std::result::Result<Self, Unreadable> {
        Ok(row)
    }
}
