//! The value of one attribute, for adapters that store users without knowing their struct.

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
    /// Of a `String`.
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
}
