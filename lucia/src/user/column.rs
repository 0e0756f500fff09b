//! An attribute together with the proof that its field is of the type that its spelling names.

use super::Attribute;

/// An attribute whose field is of type `T`, spelled like `S`.
///
/// The derive reads `String` and thinks of `std::string::String`; only the compiler knows whether it is. It is asked once for
/// each field, by [`new`](Self::new); whatever else the derived code does with the field goes through here and asks no more,
/// so that a field of another type is one error.
#[derive(Clone, Copy, Debug)]
pub struct Column<T, S> {
    /// What is known about the attribute.
    pub attribute: Attribute,
    into: fn(T) -> S,
    from: fn(S) -> T,
    of: fn(&T) -> &S,
}

impl<T: SameAs<S>, S> Column<T, S> {
    /// Compiles when the two are one type.
    #[must_use]
    pub const fn new(attribute: Attribute) -> Self {
        Self { attribute, into: T::into_same, from: T::from_same, of: T::as_same }
    }
}

impl<T, S> Column<T, S> {
    /// The field's value, by the type that it is spelled like.
    pub fn take(&self, value: T) -> S {
        (self.into)(value)
    }

    /// The field's value, back again.
    pub fn put(&self, value: S) -> T {
        (self.from)(value)
    }

    /// The field's value, looked at.
    pub fn get<'a>(&self, value: &'a T) -> &'a S {
        (self.of)(value)
    }
}

/// Two names of one type.
#[diagnostic::on_unimplemented(
    message = "this field is spelled like `{S}`, but is of another type",
    label = "not the type that lucia takes it for",
    note = "the column's type comes from the spelling; use `{S}` itself, or give your own type another name"
)]
pub trait SameAs<S>: Sized {
    /// The value, by its other name.
    fn into_same(self) -> S;
    /// The value, by this name.
    fn from_same(same: S) -> Self;
    /// The value by its other name, looked at.
    fn as_same(&self) -> &S;
}

impl<T> SameAs<T> for T {
    fn into_same(self) -> T {
        self
    }

    fn from_same(same: T) -> Self {
        same
    }

    fn as_same(&self) -> &T {
        self
    }
}
