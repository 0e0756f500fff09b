//! The value of one attribute, for adapters that store users without knowing their struct.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// The value of one attribute of any user struct.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// An absent value.
    Null,
    /// Of a `bool`.
    Bool(bool),
    /// Of an `i16`.
    I16(i16),
    /// Of an `i32`.
    I32(i32),
    /// Of an `i64`.
    I64(i64),
    /// Of an `f32`.
    F32(f32),
    /// Of an `f64`.
    F64(f64),
    /// Of a `String`, an enum, or what is kept as JSON.
    Text(String),
    /// Of a `Vec<u8>`.
    Bytes(Vec<u8>),
    /// Of a `chrono::NaiveDate`.
    #[cfg(feature = "chrono")]
    Date(chrono::NaiveDate),
    /// Of a `chrono::NaiveTime`.
    #[cfg(feature = "chrono")]
    Time(chrono::NaiveTime),
    /// Of a `chrono::NaiveDateTime`, or of a `chrono::DateTime<Utc>` with its zone taken off.
    #[cfg(feature = "chrono")]
    Timestamp(chrono::NaiveDateTime),
    /// Of a `uuid::Uuid`.
    #[cfg(feature = "uuid")]
    Uuid(uuid::Uuid),
    /// Of an attribute with a `sql_type`: a value that only Diesel knows how to write. A store in memory can keep it, any
    /// other has to refuse it.
    Native(Opaque),
}

/// A value of a type that this library knows nothing about.
#[derive(Clone)]
pub struct Opaque(Arc<dyn Any + Send + Sync>);

impl Opaque {
    pub(crate) fn new<T: Any + Send + Sync>(value: T) -> Self {
        Self(Arc::new(value))
    }

    /// The value, if it is of that type.
    #[must_use]
    pub fn downcast_ref<T: Any>(&self) -> Option<&T> {
        self.0.downcast_ref()
    }
}

impl fmt::Debug for Opaque {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opaque").finish_non_exhaustive()
    }
}

/// Equal is only what is the very same: nothing is known about its value.
impl PartialEq for Opaque {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}
