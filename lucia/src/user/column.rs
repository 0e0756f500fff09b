//! An attribute together with how the values of its field are stored.

use std::fmt;

use super::{Attribute, Storage, StoredAs, Unreadable};
use crate::Result;

/// An attribute whose field is of type `T`, stored as `S`.
///
/// The derive reads `String` and thinks of `std::string::String`; only the compiler knows whether it is. It is asked once for
/// each field, where the functions for it are looked up ([`check`](crate::check)); whatever else the derived code does with the
/// field goes through here and asks no more, so that a field of another type is one error.
#[derive(Debug)]
pub struct Column<T, S: Storage> {
    /// What is known about the attribute.
    pub attribute: Attribute,
    codec: Codec<T, S>,
}

/// What is done with the values of a field.
pub struct Codec<T, S: Storage> {
    bound: for<'a> fn(&'a T) -> S::Bound<'a>,
    from_row: fn(S::Row) -> std::result::Result<T, Unreadable>,
    canonical: fn(T) -> T,
    check: fn(&T, &Attribute) -> Result<()>,
    clone: fn(&T) -> T,
    debug: fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result,
    texts: &'static [&'static str],
}

impl<T: Clone + fmt::Debug, S: Storage> Codec<T, S> {
    pub(crate) const fn new(
        bound: for<'a> fn(&'a T) -> S::Bound<'a>,
        from_row: fn(S::Row) -> std::result::Result<T, Unreadable>,
        canonical: fn(T) -> T,
        check: fn(&T, &Attribute) -> Result<()>,
    ) -> Self {
        Self { bound, from_row, canonical, check, clone: T::clone, debug: T::fmt, texts: &[] }
    }
}

impl<T: StoredAs<S> + Clone + fmt::Debug, S: Storage> Codec<T, S> {
    /// That of a type that says itself how it is stored.
    pub(crate) const OF: Self =
        Self { texts: T::TEXTS, ..Self::new(T::bound, T::from_row, T::canonical, T::check) };
}

impl<T, S: Storage> Codec<T, S> {
    /// The value as bound in a Diesel expression.
    pub fn bound<'a>(&self, value: &'a T) -> S::Bound<'a> {
        (self.bound)(value)
    }

    /// The value of what Diesel has read.
    ///
    /// # Errors
    ///
    /// When it is none.
    pub fn read(&self, row: S::Row) -> std::result::Result<T, Unreadable> {
        (self.from_row)(row)
    }

    /// The value as every database keeps it.
    pub fn canonical(&self, value: T) -> T {
        (self.canonical)(value)
    }

    /// Whether every database can keep the value.
    ///
    /// # Errors
    ///
    /// [`is_invalid_input`](crate::Error::is_invalid_input), with the attribute's name.
    pub fn check(&self, value: &T, attribute: &Attribute) -> Result<()> {
        (self.check)(value, attribute)
    }
}

impl<T, S: Storage> Column<T, S> {
    /// An attribute with the functions for its field.
    #[must_use]
    pub const fn new(codec: Codec<T, S>, attribute: Attribute) -> Self {
        Self { attribute, codec }
    }

    /// Whether there is such a text, where not every text is.
    #[must_use]
    pub const fn has_text(&self, text: &str) -> bool {
        self.codec.texts.is_empty() || is_among(text.as_bytes(), self.codec.texts)
    }

    /// The value as bound in a Diesel expression.
    pub fn bound<'a>(&self, value: &'a T) -> S::Bound<'a> {
        self.codec.bound(value)
    }

    /// The value of what Diesel has read.
    ///
    /// # Errors
    ///
    /// When it is none, with the name of the column.
    pub fn read(&self, row: S::Row) -> std::result::Result<T, Unreadable> {
        self.codec
            .read(row)
            .map_err(|source| UnreadableColumn { column: self.attribute.column, source }.into())
    }

    /// The value as every database keeps it.
    pub(crate) fn canonical(&self, value: T) -> T {
        self.codec.canonical(value)
    }

    /// Whether every database can keep the value.
    pub(crate) fn check(&self, value: &T) -> Result<()> {
        self.codec.check(value, &self.attribute)
    }

    /// The value once more.
    pub fn copy(&self, value: &T) -> T {
        (self.codec.clone)(value)
    }

    /// The same of one that may not be given.
    pub fn copy_given(&self, value: &Option<T>) -> Option<T> {
        value.as_ref().map(|value| self.copy(value))
    }

    /// The value, to be looked at.
    pub fn show<'a>(&self, value: &'a T) -> Shown<'a, T> {
        Shown { value, debug: self.codec.debug }
    }

    /// The same of one that may not be given.
    pub fn show_given<'a>(&self, value: &'a Option<T>) -> Option<Shown<'a, T>> {
        value.as_ref().map(|value| self.show(value))
    }
}

const fn is_among(text: &[u8], texts: &[&str]) -> bool {
    match texts {
        [] => false,
        [first, rest @ ..] => is_same(text, first.as_bytes()) || is_among(text, rest),
    }
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    match (a, b) {
        ([], []) => true,
        ([a, rest_of_a @ ..], [b, rest_of_b @ ..]) => *a == *b && is_same(rest_of_a, rest_of_b),
        _ => false,
    }
}

/// A value with the function that shows it.
pub struct Shown<'a, T> {
    value: &'a T,
    debug: fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result,
}

impl<T> fmt::Debug for Shown<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (self.debug)(self.value, f)
    }
}

impl<T, S: Storage> fmt::Debug for Codec<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Codec").field("texts", &self.texts).finish_non_exhaustive()
    }
}

#[derive(Debug, thiserror::Error)]
#[error("the column `{column}` holds what is no value of its attribute")]
struct UnreadableColumn {
    column: &'static str,
    source: Unreadable,
}
