//! Chrono's dates and times.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};

use crate::diesel::{MaybeMoment, Moment};
use crate::error::InputRule;
use crate::user::storage::sealed::Sealed;
use crate::user::{Attribute, AttributeDefault, Storage, StoredAs, Unreadable, Value, is_its_own_option};
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

macro_rules! is_a_moment {
    () => {
        type Maybe<'a> = MaybeMoment;

        fn maybe(bound: Option<Self::Bound<'_>>) -> Self::Maybe<'_> {
            MaybeMoment(bound.map(NaiveDateTime::from))
        }

        fn present(maybe: Self::Maybe<'_>) -> Option<Self::Bound<'_>> {
            maybe.0.map(Moment)
        }
    };
}

macro_rules! time {
    ($($type:ty, $value:ident, $row:ty, $bound:ty, $maybe:ident, $to_row:expr, $from_row:expr, $canonical:expr, $check:expr, $now:expr;)*) => {$(
        impl Sealed for $type {}

        impl Storage for $type {
            type Bound<'a> = $bound;
            type Row = $row;

            $maybe!();

            fn to_value(bound: $bound) -> Value {
                Value::$value(bound.into())
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

            fn check(bound: $bound, attribute: &Attribute) -> Result<()> {
                $check(&<$row>::from(bound), attribute)
            }
        }

        impl StoredAs<Self> for $type {
            // A change and a look-up are bound as they come, and have to be what a column holds.
            fn bound(&self) -> $bound {
                $to_row($canonical(*self)).into()
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
    NaiveDate, Date, NaiveDate, NaiveDate, is_its_own_option, same, same, same, check_year, never;
    NaiveTime, Time, NaiveTime, NaiveTime, is_its_own_option, same, same, to_micros, |_: &NaiveTime, _: &Attribute| Ok(()), never;
    NaiveDateTime, Timestamp, NaiveDateTime, Moment, is_a_moment, same, same, to_micros, check_year, naive;
    // The column holds UTC.
    DateTime<Utc>, Timestamp, NaiveDateTime, Moment, is_a_moment,
        |time: DateTime<Utc>| time.naive_utc(), |time: NaiveDateTime| time.and_utc(), to_micros, check_year, naive;
}
