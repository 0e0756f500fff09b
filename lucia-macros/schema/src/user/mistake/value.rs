//! A default is not a value of its attribute, and what is said about it.

use std::fmt;

use super::Rule;
use crate::ValueShape;

/// A default is not a value of its attribute.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Unreadable { example: &'static str },
    None,
    Type { ty: &'static str, example: &'static str },
    Suffix { digits: String, suffix: String },
    Range { ty: &'static str, min: i64, max: i64 },
    FloatRange { ty: &'static str },
    TooLong { length: usize, max: u32 },
    Control,
    Now { field: String, ty: &'static str },
    OnlyNow { ty: &'static str },
    NoLiteral { ty: String },
}

impl Value {
    pub(crate) const fn rule(&self) -> Rule {
        match self {
            Self::Unreadable { .. } => Rule::Malformed,
            Self::None => Rule::DefaultNone,
            Self::Type { .. } | Self::Suffix { .. } => Rule::DefaultType,
            Self::Range { .. } => Rule::DefaultRange,
            Self::FloatRange { .. } => Rule::DefaultInfinite,
            Self::TooLong { .. } => Rule::DefaultTooLong,
            Self::Control => Rule::DefaultControl,
            Self::Now { .. } => Rule::DefaultNow,
            Self::OnlyNow { .. } => Rule::DefaultOnlyNow,
            Self::NoLiteral { .. } => Rule::DefaultNoLiteral,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { example } => write!(
                f,
                "`default` takes {}; write for example `#[lucia(default = {example})]`",
                ValueShape::Literal.describe()
            ),
            Self::None => f.write_str("an `Option` is `None` without a `default`; remove it"),
            Self::Type { ty, example } => write!(
                f,
                "the default is not of type `{ty}`; write for example `#[lucia(default = {example})]`"
            ),
            Self::Suffix { digits, suffix } => write!(
                f,
                "a default is written without `{suffix}`, since the field says its type; write `#[lucia(default = {digits})]`"
            ),
            Self::Range { ty, min, max } => write!(
                f,
                "the default does not fit an `{ty}`, which is from {min} to {max}; write for example \
                 `#[lucia(default = 0)]`"
            ),
            Self::FloatRange { ty } => write!(
                f,
                "the default does not fit an `{ty}`, which would make it infinite; write for example \
                 `#[lucia(default = 0.5)]`"
            ),
            Self::TooLong { length, max } => write!(
                f,
                "the default has {length} characters and the field at most {max}; shorten it or write \
                 `#[lucia(max_length = {length})]`"
            ),
            Self::Control => f.write_str(
                "a default cannot contain control characters, since not every database can write them in a migration; write \
                 for example `#[lucia(default = \"member\")]`",
            ),
            Self::Now { field, ty } => write!(
                f,
                "`now` is only valid on a `DateTime<Utc>` or a `NaiveDateTime`, not on `{ty}`; write \
                 `#[lucia(default = now)] pub {field}: chrono::DateTime<chrono::Utc>`"
            ),
            Self::OnlyNow { ty } => write!(
                f,
                "the only default that a `{ty}` can have is the time at which the user is created; write \
                 `#[lucia(default = now)]`"
            ),
            Self::NoLiteral { ty } => write!(
                f,
                "`default` is only valid on text, numbers, `bool` and timestamps, not on `{ty}`; remove it, and write \
                 `Option<{ty}>` if a user may have no value"
            ),
        }
    }
}
