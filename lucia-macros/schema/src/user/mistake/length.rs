//! A length is one that a database does not take, and what is said about it.

use std::fmt;

use super::Rule;
use crate::{DEFAULT_KEYED_LENGTH, Kind, MAX_KEYED_BYTES, MAX_KEYED_CHARS, MAX_LENGTH};

/// A length is one that a database does not take.
#[derive(Clone, Debug)]
pub(crate) enum Length {
    NotForType { ty: &'static str },
    OutOfRange,
    TooLongForIndex { max: u32, unit: &'static str },
    RowTooLong { bytes: u64, room: u64 },
    TogetherTooLong { bytes: u64, max: u32 },
}

impl Length {
    pub(crate) const fn rule(&self) -> Rule {
        match self {
            Self::NotForType { .. } => Rule::LengthNotForType,
            Self::OutOfRange => Rule::LengthOutOfRange,
            Self::TooLongForIndex { .. } => Rule::TooLongForIndex,
            Self::RowTooLong { .. } => Rule::RowTooLong,
            Self::TogetherTooLong { .. } => Rule::TogetherTooLong,
        }
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotForType { ty } => {
                write!(f, "`max_length` is only valid on text and on a `Vec<u8>`, not on `{ty}`; remove it")
            }
            Self::OutOfRange => {
                write!(
                    f,
                    "`max_length` is from 1 to {MAX_LENGTH}; write for example `#[lucia(max_length = 32)]`"
                )
            }
            Self::TooLongForIndex { max, unit } => write!(
                f,
                "a `unique` or indexed field can have at most {max} {unit}, since an index holds {MAX_KEYED_BYTES} bytes on \
                 every database; write `#[lucia(max_length = {max})]`"
            ),
            Self::RowTooLong { bytes, room } => write!(
                f,
                "the `unique` and indexed fields up to this one take {bytes} bytes together, and a row of MySQL has room for \
                 {room}; give some a smaller limit, for example `#[lucia(max_length = 32)]`"
            ),
            Self::TogetherTooLong { bytes, max } => write!(
                f,
                "these fields take up to {bytes} bytes together, a character counting four and a text without `max_length` \
                 {DEFAULT_KEYED_LENGTH} characters, and an index holds {MAX_KEYED_BYTES} on every database; write for example \
                 `#[lucia(max_length = {max})]` above each"
            ),
        }
    }
}

/// The limit of an indexed column of that kind, as it is told.
pub(crate) const fn keyed_limit(kind: Kind) -> (u32, &'static str) {
    match kind {
        Kind::Bytes => (MAX_KEYED_BYTES, "bytes"),
        _ => (MAX_KEYED_CHARS, "characters of up to four bytes"),
    }
}
