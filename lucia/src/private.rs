//! What derived code names. Not for anything else: no part of this is stable, not from one patch release to the next.

pub use ::diesel;
pub use ::diesel::connection::LoadConnection;
pub use ::diesel::deserialize::{self, Queryable};
pub use ::diesel::query_source::Table;
pub use ::diesel::result::QueryResult;
pub use ::diesel::{Selectable, SelectableHelper};

#[cfg(feature = "chrono")]
pub use ::chrono;

pub use crate::diesel::{KeyRow, Queries, SessionRow};
pub use crate::domain::StoredKey;
pub use crate::user::{Column, bound, check, from_row, from_value, or_default, required, to_value};
pub use crate::{
    Attribute, AttributeDefault, AttributeKind, AttributeType, Error, LuciaUser, PasswordHash, Result,
    StoredSession, Tables, Unique, UnixMillis, UserId, Value,
};

/// The names that a query template uses without saying where they come from: of traits only their methods.
pub mod prelude {
    pub use ::diesel::prelude::{
        ExpressionMethods as _, JoinOnDsl as _, NullableExpressionMethods as _, OptionalExtension as _,
        QueryDsl as _, RunQueryDsl as _, SelectableHelper as _,
    };
    pub use ::std::clone::Clone as _;
    pub use ::std::convert::{From as _, Into as _};
    pub use ::std::iter::Iterator as _;
    pub use ::std::option::Option::{self, None, Some};
    pub use ::std::result::Result::{Err, Ok};
    pub use ::std::string::String;
    pub use ::std::vec::Vec;
}

/// The text of a password hash, for its column.
#[must_use]
pub fn hash_text(hash: &Option<PasswordHash>) -> Option<&str> {
    hash.as_ref().map(PasswordHash::expose)
}

/// An instant, for its column.
#[must_use]
pub fn millis(instant: Option<UnixMillis>) -> Option<i64> {
    instant.map(UnixMillis::as_millis)
}

/// The types that take the place of chrono's while its feature is off, so that the error names the feature.
#[cfg(not(feature = "chrono"))]
pub mod chrono {
    /// Stands for a type of chrono.
    #[derive(Debug)]
    pub struct TurnOnTheFeatureChronoOfLucia<T = ()>(std::marker::PhantomData<T>);
    pub use self::TurnOnTheFeatureChronoOfLucia as DateTime;
    pub use self::TurnOnTheFeatureChronoOfLucia as NaiveDate;
    pub use self::TurnOnTheFeatureChronoOfLucia as NaiveDateTime;
    pub use self::TurnOnTheFeatureChronoOfLucia as NaiveTime;
    pub use self::TurnOnTheFeatureChronoOfLucia as Utc;
}

/// Whether a struct has the fingerprint of its newest migration, as far as the build step has said which that is.
#[must_use]
pub const fn in_step(newest: Option<&str>, fingerprint: &str) -> bool {
    match newest {
        None => true,
        Some(newest) => same(newest.as_bytes(), fingerprint.as_bytes()),
    }
}

/// What to tell whoever has changed a struct.
#[must_use]
pub const fn drift(said: Option<&'static str>) -> &'static str {
    match said {
        Some(said) => said,
        None => "the build script reads another struct than this one; name this file in `build.rs`",
    }
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    match (a, b) {
        ([], []) => true,
        ([a, rest_of_a @ ..], [b, rest_of_b @ ..]) => *a == *b && same(rest_of_a, rest_of_b),
        _ => false,
    }
}
