//! UUIDs, as their 16 bytes.

use uuid::Uuid;

use crate::user::storage::sealed::Sealed;
use crate::user::{Storage, StoredAs, Unreadable, Value, is_its_own_option};

impl Sealed for Uuid {}

impl Storage for Uuid {
    type Bound<'a> = &'a [u8];
    type Row = Vec<u8>;

    is_its_own_option!();

    fn to_value(bound: &[u8]) -> Value {
        Self::from_slice(bound).map_or(Value::Null, Value::Uuid)
    }

    fn from_value(value: Value) -> Option<Vec<u8>> {
        match value {
            Value::Uuid(uuid) => Some(uuid.into_bytes().to_vec()),
            _ => None,
        }
    }
}

impl StoredAs<Self> for Uuid {
    fn bound(&self) -> &[u8] {
        self.as_bytes()
    }

    fn from_row(row: Vec<u8>) -> Result<Self, Unreadable> {
        Ok(Self::from_slice(&row)?)
    }
}
