//! The Rust types that an attribute may have, and how each is bound, read and kept as a [`Value`].

use super::{Attribute, AttributeDefault, AttributeKind, Value};
use crate::error::{Error, InputRule};
use crate::{Result, UnixMillis};

/// A type that an attribute of a user may have.
///
/// One portable column type belongs to each: what goes into the database comes back the same from SQLite, PostgreSQL
/// and MySQL. Values that one of them could not keep are refused on all ([`check`](Self::check)).
#[diagnostic::on_unimplemented(
    message = "an attribute of a user cannot be a `{Self}`",
    label = "no column type is known for this type",
    note = "use `String`, `bool`, `i16`, `i32`, `i64`, `f32`, `f64`, `Vec<u8>`, a date or time of `chrono` (feature \
            `chrono` of lucia), or an `Option` of one of them"
)]
pub trait AttributeType: Sized + Send + Sync + 'static {
    /// What is bound in a Diesel expression.
    type Bound<'a>;
    /// What Diesel reads from a row.
    type Row;
    /// What the type is called in an [`Attribute`].
    const KIND: AttributeKind;

    /// The value as bound in a Diesel expression.
    fn bound(&self) -> Self::Bound<'_>;
    /// The value that Diesel has read.
    fn from_row(row: Self::Row) -> Self;
    /// The value without its type.
    fn to_value(&self) -> Value;
    /// The value with its type, or `None` when it is of another kind.
    fn from_value(value: Value) -> Option<Self>;

    /// The value as every database keeps it: times lose what is finer than a microsecond.
    #[must_use]
    fn canonical(self) -> Self {
        self
    }

    /// Whether every database can keep the value, and it is no longer than the attribute allows.
    ///
    /// # Errors
    ///
    /// [`is_invalid_input`](Error::is_invalid_input), with the attribute's name.
    fn check(&self, attribute: &Attribute) -> Result<()> {
        let _ = attribute;
        Ok(())
    }

    /// The value of a default, or `None` when it is of another kind.
    #[doc(hidden)]
    #[must_use]
    fn from_default(default: AttributeDefault, now: UnixMillis) -> Option<Self> {
        let _ = (default, now);
        None
    }
}

impl AttributeType for String {
    type Bound<'a> = &'a str;
    type Row = Self;
    const KIND: AttributeKind = AttributeKind::Text;

    fn bound(&self) -> &str {
        self
    }

    fn from_row(row: Self) -> Self {
        row
    }

    fn to_value(&self) -> Value {
        Value::Text(self.clone())
    }

    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    fn check(&self, attribute: &Attribute) -> Result<()> {
        // PostgreSQL keeps no NUL in a text, and C code behind SQLite ends at one.
        if self.contains('\0') {
            return Err(Error::input(attribute.name, InputRule::NoNul));
        }
        match attribute.max_length {
            Some(max) if self.chars().count() > max as usize => {
                Err(Error::input(attribute.name, InputRule::MaxCharacters(max)))
            }
            _ => Ok(()),
        }
    }

    fn from_default(default: AttributeDefault, _: UnixMillis) -> Option<Self> {
        match default {
            AttributeDefault::Text(text) => Some(text.to_owned()),
            _ => None,
        }
    }
}

impl AttributeType for Vec<u8> {
    type Bound<'a> = &'a [u8];
    type Row = Self;
    const KIND: AttributeKind = AttributeKind::Bytes;

    fn bound(&self) -> &[u8] {
        self
    }

    fn from_row(row: Self) -> Self {
        row
    }

    fn to_value(&self) -> Value {
        Value::Bytes(self.clone())
    }

    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    fn check(&self, attribute: &Attribute) -> Result<()> {
        match attribute.max_length {
            Some(max) if self.len() > max as usize => {
                Err(Error::input(attribute.name, InputRule::MaxBytes(max)))
            }
            _ => Ok(()),
        }
    }
}

/// Types that Diesel binds and reads as they are.
macro_rules! plain {
    ($($type:ty, $kind:ident, $is_kept:expr, $default:pat => $from_default:expr;)*) => {$(
        impl AttributeType for $type {
            type Bound<'a> = Self;
            type Row = Self;
            const KIND: AttributeKind = AttributeKind::$kind;

            fn bound(&self) -> Self {
                *self
            }

            fn from_row(row: Self) -> Self {
                row
            }

            fn to_value(&self) -> Value {
                Value::$kind(*self)
            }

            fn from_value(value: Value) -> Option<Self> {
                match value {
                    Value::$kind(value) => Some(value),
                    _ => None,
                }
            }

            fn check(&self, attribute: &Attribute) -> Result<()> {
                if $is_kept(*self) { Ok(()) } else { Err(Error::input(attribute.name, InputRule::Finite)) }
            }

            fn from_default(default: AttributeDefault, _: UnixMillis) -> Option<Self> {
                match default {
                    $default => $from_default,
                    _ => None,
                }
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

impl<T: AttributeType> AttributeType for Option<T> {
    type Bound<'a> = Option<T::Bound<'a>>;
    type Row = Option<T::Row>;
    const KIND: AttributeKind = T::KIND;

    fn bound(&self) -> Option<T::Bound<'_>> {
        self.as_ref().map(T::bound)
    }

    fn from_row(row: Option<T::Row>) -> Self {
        row.map(T::from_row)
    }

    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::to_value)
    }

    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::from_value(value).map(Some),
        }
    }

    fn canonical(self) -> Self {
        self.map(T::canonical)
    }

    fn check(&self, attribute: &Attribute) -> Result<()> {
        self.as_ref().map_or(Ok(()), |value| value.check(attribute))
    }

    fn from_default(default: AttributeDefault, now: UnixMillis) -> Option<Self> {
        T::from_default(default, now).map(Some)
    }
}

#[cfg(feature = "chrono")]
mod times {
    use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};

    use super::{
        Attribute, AttributeDefault, AttributeKind, AttributeType, Error, InputRule, Result, UnixMillis,
        Value,
    };

    /// MySQL keeps the years 1 to 9999, and no leap second.
    fn check_year(year: i32, attribute: &Attribute) -> Result<()> {
        if (1..=9999).contains(&year) { Ok(()) } else { Err(Error::input(attribute.name, InputRule::Year)) }
    }

    fn to_micros<T: Timelike>(time: T) -> T {
        // Nanoseconds of a leap second reach two seconds; the databases know none of it.
        let nanos = time.nanosecond().min(999_999_999);
        time.with_nanosecond(nanos - nanos % 1_000).unwrap_or(time)
    }

    macro_rules! time {
        ($($type:ty, $kind:ident, $value:ident, $row:ty,
            $bound:expr, $from:expr, $canonical:expr, $check:expr, $now:expr;)*) => {$(
            impl AttributeType for $type {
                type Bound<'a> = $row;
                type Row = $row;
                const KIND: AttributeKind = AttributeKind::$kind;

                // A change and a look-up are bound as they come, and have to be what a column holds.
                fn bound(&self) -> $row {
                    $bound($canonical(*self))
                }

                fn from_row(row: $row) -> Self {
                    $from(row)
                }

                fn to_value(&self) -> Value {
                    Value::$value(self.bound())
                }

                fn from_value(value: Value) -> Option<Self> {
                    match value {
                        Value::$value(value) => Some($from(value)),
                        _ => None,
                    }
                }

                fn canonical(self) -> Self {
                    $canonical(self)
                }

                fn check(&self, attribute: &Attribute) -> Result<()> {
                    $check(*self, attribute)
                }

                fn from_default(default: AttributeDefault, now: UnixMillis) -> Option<Self> {
                    match default {
                        AttributeDefault::Now => $now(now),
                        _ => None,
                    }
                }
            }
        )*};
    }

    fn utc(now: UnixMillis) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_millis(now.as_millis())
    }

    fn same<T>(value: T) -> T {
        value
    }

    time! {
        NaiveDate, Date, Date, NaiveDate, same, same, same,
            |date: NaiveDate, attribute| check_year(date.year(), attribute), |_| None;
        NaiveTime, Time, Time, NaiveTime, same, same, to_micros, |_, _| Ok(()), |_| None;
        NaiveDateTime, Timestamp, Timestamp, NaiveDateTime, same, same, to_micros,
            |time: NaiveDateTime, attribute| check_year(time.year(), attribute),
            |now| utc(now).map(|time| time.naive_utc());
        DateTime<Utc>, TimestampUtc, Timestamp, NaiveDateTime,
            |time: DateTime<Utc>| time.naive_utc(), |time: NaiveDateTime| time.and_utc(), to_micros,
            |time: DateTime<Utc>, attribute| check_year(time.year(), attribute), utc;
    }
}
