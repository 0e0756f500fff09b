//! Bytes.

use crate::error::InputRule;
use crate::user::storage::sealed::Sealed;
use crate::user::{Attribute, Storage, StoredAs, Unreadable, Value, is_its_own_option};
use crate::{Error, Result};

impl Sealed for Vec<u8> {}

impl Storage for Vec<u8> {
    type Bound<'a> = &'a [u8];
    type Row = Self;

    is_its_own_option!();

    fn to_value(bound: &[u8]) -> Value {
        Value::Bytes(bound.to_vec())
    }

    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    fn check(bound: &[u8], attribute: &Attribute) -> Result<()> {
        match attribute.max_length {
            Some(max) if bound.len() > max as usize => {
                Err(Error::input(attribute.name, InputRule::MaxBytes(max)))
            }
            _ => Ok(()),
        }
    }
}

impl StoredAs<Self> for Vec<u8> {
    fn bound(&self) -> &[u8] {
        self
    }

    fn from_row(row: Self) -> std::result::Result<Self, Unreadable> {
        Ok(row)
    }
}
