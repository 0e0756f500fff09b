//! What a user attribute holds, and what it holds when nobody says.

use serde::{Deserialize, Serialize};

use crate::Type;

/// What a user attribute holds: each of the supported types with one portable column type, and the types of a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `String`
    Text,
    /// `bool`
    Bool,
    /// `i16`
    I16,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `f32`
    F32,
    /// `f64`
    F64,
    /// `Vec<u8>`
    Bytes,
    /// `NaiveDate`
    Date,
    /// `NaiveTime`
    Time,
    /// `NaiveDateTime`
    Timestamp,
    /// `DateTime<Utc>`
    TimestampUtc,
    /// `Uuid`
    Uuid,
    /// `serde_json::Value`, or another type that is declared as `Json`
    Json,
    /// A type with a `sql_type` of its own
    Native,
}

impl Kind {
    /// Every portable kind, in the order in which messages list them.
    pub const PORTABLE: [Self; 14] = [
        Self::Text,
        Self::Bool,
        Self::I16,
        Self::I32,
        Self::I64,
        Self::F32,
        Self::F64,
        Self::Bytes,
        Self::Date,
        Self::Time,
        Self::Timestamp,
        Self::TimestampUtc,
        Self::Uuid,
        Self::Json,
    ];

    /// The Rust type as a user writes it.
    #[must_use]
    pub const fn rust_name(self) -> &'static str {
        match self {
            Self::Text => "String",
            Self::Bool => "bool",
            Self::I16 => "i16",
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::F32 => "f32",
            Self::F64 => "f64",
            Self::Bytes => "Vec<u8>",
            Self::Date => "NaiveDate",
            Self::Time => "NaiveTime",
            Self::Timestamp => "NaiveDateTime",
            Self::TimestampUtc => "DateTime<Utc>",
            Self::Uuid => "Uuid",
            Self::Json => "serde_json::Value",
            Self::Native => "a type of the database",
        }
    }

    /// The feature of `lucia` that has the type, where it is not always there.
    #[must_use]
    pub const fn feature(self) -> Option<&'static str> {
        match self {
            Self::Date | Self::Time | Self::Timestamp | Self::TimestampUtc => Some("chrono"),
            Self::Uuid => Some("uuid"),
            Self::Json => Some("json"),
            _ => None,
        }
    }

    /// The column type that stores it, but for a native one, which says so itself. Both timestamps share one: the column
    /// always holds UTC. JSON is kept as text, letter by letter as it was written, on every database alike.
    #[must_use]
    pub const fn column_type(self, max_length: Option<u32>) -> Option<Type> {
        Some(match self {
            Self::Text => Type::Text { max_length },
            Self::Bool => Type::Bool,
            Self::I16 => Type::I16,
            Self::I32 => Type::I32,
            Self::I64 => Type::I64,
            Self::F32 => Type::F32,
            Self::F64 => Type::F64,
            Self::Bytes => Type::Bytes { max_length },
            Self::Date => Type::Date,
            Self::Time => Type::Time,
            Self::Timestamp | Self::TimestampUtc => Type::Timestamp,
            Self::Uuid => Type::Uuid,
            Self::Json => Type::Text { max_length: None },
            Self::Native => return None,
        })
    }

    /// Whether its values vary in length, so that `max_length` means something.
    #[must_use]
    pub const fn has_length(self) -> bool {
        matches!(self, Self::Text | Self::Bytes)
    }

    /// Whether its values are rounded numbers.
    #[must_use]
    pub const fn is_float(self) -> bool {
        matches!(self, Self::F32 | Self::F64)
    }

    /// Whether it is a point in time.
    #[must_use]
    pub const fn is_timestamp(self) -> bool {
        matches!(self, Self::Timestamp | Self::TimestampUtc)
    }
}

/// The value that a column takes when none is given.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Default {
    /// `default = true`
    Bool(bool),
    /// `default = 0`
    Int(i64),
    /// `default = 0.5`; always finite
    Float(#[serde(with = "float")] f64),
    /// `default = "member"`
    Text(String),
    /// `default = now`: the time of the database, in UTC
    Now,
}

/// By the digits that SQL and snapshots have: `-0.0` is not `0.0`.
impl PartialEq for Default {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Int(a), Self::Int(b)) => a == b,
            (Self::Float(a), Self::Float(b)) => a.to_bits() == b.to_bits(),
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::Now, Self::Now) => true,
            _ => false,
        }
    }
}

impl Eq for Default {}

/// Floats as text in a snapshot: JSON readers may be off by the last bit, and that would be told as a change.
mod float {
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
    pub(super) fn serialize<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("{value:?}"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value),
            _ => Err(D::Error::custom("expected a finite number as text")),
        }
    }
}
