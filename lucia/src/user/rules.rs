//! What the derived code does with each attribute: check it, fill its default, turn it into what an adapter stores.

use std::vec;

use super::{Column, Storage, StoredAs, Value};
use crate::error::Kind;
use crate::{Result, UnixMillis};

impl<T, S: Storage> Column<T, S> {
    /// The value as every database keeps it, when it keeps the attribute's rules.
    ///
    /// # Errors
    ///
    /// [`is_invalid_input`](crate::Error::is_invalid_input), with the attribute's name.
    pub fn required(&self, value: T) -> Result<T> {
        let value = self.canonical(value);
        self.check(&value)?;
        Ok(value)
    }

    /// The given value, or else the attribute's default.
    ///
    /// # Errors
    ///
    /// [`is_invalid_input`](crate::Error::is_invalid_input), with the attribute's name.
    pub fn or_default(&self, given: Option<T>, now: UnixMillis) -> Result<T> {
        if let Some(value) = given {
            return self.required(value);
        }
        let row = self.attribute.default.and_then(|default| S::from_default(default, now));
        let value = row.and_then(|row| self.read(row).ok()).map(|value| self.canonical(value));
        // The derive accepts only defaults of the attribute's kind.
        value.ok_or_else(|| {
            Kind::Config(format!("`{}` has no default of its type", self.attribute.name), None).into()
        })
    }

    /// Sets a field to the value that is given, if one is.
    ///
    /// # Errors
    ///
    /// [`is_invalid_input`](crate::Error::is_invalid_input), with the attribute's name.
    pub fn change(&self, field: &mut T, given: Option<T>) -> Result<()> {
        if let Some(value) = given {
            *field = self.required(value)?;
        }
        Ok(())
    }

    /// Whether a value keeps the attribute's rules; one that is not given does.
    ///
    /// # Errors
    ///
    /// [`is_invalid_input`](crate::Error::is_invalid_input), with the attribute's name.
    pub fn check_given(&self, given: &Option<T>) -> Result<()> {
        given.as_ref().map_or(Ok(()), |value| self.check(value))
    }

    /// The value without its type.
    pub fn to_value(&self, value: &T) -> Value {
        S::to_value(self.bound(value))
    }

    /// The value with its type, or `None` when there is none or it is of another kind.
    #[must_use]
    pub fn typed(&self, value: Option<Value>) -> Option<T> {
        self.read(S::from_value(value?)?).ok()
    }
}

/// The value, without its type, of a type that is stored as itself.
pub fn stored_value<S: StoredAs<S> + Storage>(value: &S) -> Value {
    S::to_value(value.bound())
}

/// The values of a user, taken one after another.
#[derive(Debug)]
pub struct UserValues(vec::IntoIter<Value>);

impl UserValues {
    /// All of them.
    #[must_use]
    pub fn new(values: Vec<Value>) -> Self {
        Self(values.into_iter())
    }

    /// The next, which is the attribute's.
    pub fn of<T, S: Storage>(&mut self, column: &Column<T, S>) -> Option<T> {
        column.typed(self.0.next())
    }

    /// What was made of them, if none is left.
    pub fn end<U>(&mut self, user: U) -> Option<U> {
        self.0.next().is_none().then_some(user)
    }
}
