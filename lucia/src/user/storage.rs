//! The kinds of columns that there are.

use super::{Attribute, AttributeDefault, Value};
use crate::{Result, UnixMillis};

/// What a column holds, by the Rust type that it is best known as: `String`, `i64`, [`Json`](crate::Json) ..
///
/// One portable column type belongs to each: what goes into the database comes back the same from SQLite, PostgreSQL
/// and MySQL. Values that one of them could not keep are refused on all. This trait is sealed: a type of the app's own is
/// [`StoredAs`](crate::StoredAs) one of these.
#[diagnostic::on_unimplemented(
    message = "nothing is stored as `{Self}`",
    label = "no column type is known for this type",
    note = "there are `String`, `bool`, `i16`, `i32`, `i64`, `f32`, `f64`, `Vec<u8>`, `lucia::Json` (feature `json` of lucia), a \
            `Uuid` (feature `uuid`), and the dates and times of `chrono` (feature `chrono`)"
)]
pub trait Storage: sealed::Sealed + 'static {
    /// What is bound in a Diesel expression: the value or a reference to it, and of a `NaiveDateTime` or a `DateTime<Utc>` a
    /// [`Moment`](crate::diesel::Moment).
    type Bound<'a>;
    /// What is bound of a value that may be absent.
    type Maybe<'a>;
    /// What Diesel reads from a row.
    type Row;

    /// A value that may be absent, to be bound.
    #[doc(hidden)]
    fn maybe(bound: Option<Self::Bound<'_>>) -> Self::Maybe<'_>;
    /// The same the other way round.
    #[doc(hidden)]
    fn present(maybe: Self::Maybe<'_>) -> Option<Self::Bound<'_>>;

    /// What is bound, without its type.
    #[doc(hidden)]
    #[must_use]
    fn to_value(bound: Self::Bound<'_>) -> Value;
    /// What would be read, or `None` when the value is of another kind.
    #[doc(hidden)]
    #[must_use]
    fn from_value(value: Value) -> Option<Self::Row>;

    /// What would be read of a default, or `None` when it is of another kind.
    #[doc(hidden)]
    #[must_use]
    fn from_default(default: AttributeDefault, now: UnixMillis) -> Option<Self::Row> {
        let _ = (default, now);
        None
    }

    /// Whether every database can keep it, and it is no longer than the attribute allows.
    #[doc(hidden)]
    fn check(bound: Self::Bound<'_>, attribute: &Attribute) -> Result<()> {
        let _ = (bound, attribute);
        Ok(())
    }
}

/// What may be absent is bound as an `Option`: Diesel has that for every type but [`Moment`](crate::diesel::Moment).
macro_rules! is_its_own_option {
    () => {
        type Maybe<'a> = Option<Self::Bound<'a>>;

        fn maybe(bound: Option<Self::Bound<'_>>) -> Self::Maybe<'_> {
            bound
        }

        fn present(maybe: Self::Maybe<'_>) -> Option<Self::Bound<'_>> {
            maybe
        }
    };
}
pub(crate) use is_its_own_option;

/// A column that may be null.
impl<S: Storage> Storage for Option<S> {
    type Bound<'a> = S::Maybe<'a>;
    type Row = Option<S::Row>;

    is_its_own_option!();

    fn to_value(bound: Self::Bound<'_>) -> Value {
        S::present(bound).map_or(Value::Null, S::to_value)
    }

    fn from_value(value: Value) -> Option<Self::Row> {
        match value {
            Value::Null => Some(None),
            value => S::from_value(value).map(Some),
        }
    }

    fn from_default(default: AttributeDefault, now: UnixMillis) -> Option<Self::Row> {
        S::from_default(default, now).map(Some)
    }

    fn check(bound: Self::Bound<'_>, attribute: &Attribute) -> Result<()> {
        S::present(bound).map_or(Ok(()), |bound| S::check(bound, attribute))
    }
}

impl<S: Storage> sealed::Sealed for Option<S> {}

pub(crate) mod sealed {
    pub trait Sealed {}
}
