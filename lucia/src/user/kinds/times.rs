//! Chrono's dates and times.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};

use crate::error::InputRule;
use crate::user::storage::sealed::Sealed;
use crate::user::{Attribute, AttributeDefault, Storage, StoredAs, Unreadable, Value};
use crate::{Error, Result, UnixMillis};

/// MySQL keeps the years 1 to 9999.
fn check_year(date: &impl Datelike, attribute: &Attribute) -> Result<()> {
    if (1..=9999).contains(&date.year()) {
        Ok(())
    } else {
        Err(Error::input(attribute.name, InputRule::Year))
    }
}

fn to_micros<T: Timelike>(time: T) -> T {
    // Nanoseconds of a leap second reach two seconds; the databases know none of it.
    let nanos = time.nanosecond().min(999_999_999);
    time.with_nanosecond(nanos - nanos % 1_000).unwrap_or(time)
}

macro_rules! time {
    ($($type:ty, $value:ident, $row:ty, $to_row:expr, $from_row:expr, $canonical:expr, $check:expr, $now:expr;)*) => {$(
        impl Sealed for $type {}

        impl Storage for $type {
            type Bound<'a> = $row;
            type Row = $row;

            fn to_value(bound: $row) -> Value {
                Value::$value(bound)
            }

            fn from_value(value: Value) -> Option<$row> {
                match value {
                    Value::$value(value) => Some(value),
                    _ => None,
                }
            }

            fn from_default(default: AttributeDefault, now: UnixMillis) -> Option<$row> {
                match default {
                    AttributeDefault::Now => $now(DateTime::from_timestamp_millis(now.as_millis())?),
                    _ => None,
                }
            }

            fn check(bound: &$row, attribute: &Attribute) -> Result<()> {
                $check(bound, attribute)
            }
        }

        impl StoredAs<Self> for $type {
            // A change and a look-up are bound as they come, and have to be what a column holds.
            fn bound(&self) -> $row {
                $to_row($canonical(*self))
            }

            fn from_row(row: $row) -> std::result::Result<Self, Unreadable> {
                Ok($from_row(row))
            }

            fn canonical(self) -> Self {
                $canonical(self)
            }
        }
    )*};
}

fn same<T>(value: T) -> T {
    value
}

fn never<T>(_: DateTime<Utc>) -> Option<T> {
    None
}

#[expect(clippy::unnecessary_wraps, reason = "dates have no such default, and this stands beside theirs")]
fn naive(now: DateTime<Utc>) -> Option<NaiveDateTime> {
    Some(now.naive_utc())
}

time! {
    NaiveDate, Date, NaiveDate, same, same, same, check_year, never;
    NaiveTime, Time, NaiveTime, same, same, to_micros, |_: &NaiveTime, _: &Attribute| Ok(()), never;
    NaiveDateTime, Timestamp, NaiveDateTime, same, same, to_micros, check_year, naive;
    // The column holds UTC.
    DateTime<Utc>, Timestamp, NaiveDateTime,
        |time: DateTime<Utc>| time.naive_utc(), |time: NaiveDateTime| time.and_utc(), to_micros, check_year, naive;
}
