//! Attributes that tell users apart.

use super::{LuciaUser, Value};

/// Attributes of which no two users have the same values: one alone, or several together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UniqueAttributes {
    /// The name of the unique index.
    pub index: &'static str,
    /// The names of the attributes.
    pub attributes: &'static [&'static str],
    /// Whether the letters A to Z and a to z are equal to each other.
    pub nocase: bool,
}

impl UniqueAttributes {
    /// These attributes, told apart byte for byte.
    #[must_use]
    pub const fn new(index: &'static str, attributes: &'static [&'static str]) -> Self {
        Self { index, attributes, nocase: false }
    }

    /// The same, told apart but for the case of ASCII letters.
    #[must_use]
    pub const fn nocase(mut self) -> Self {
        self.nocase = true;
        self
    }

    /// Whether a user has these values, one for each of the attributes. Nobody has one that is absent.
    #[must_use]
    pub fn are_of<U: LuciaUser>(&self, user: &U, values: &[Value]) -> bool {
        let all = user.values();
        let own = self.attributes.iter().map(|name| {
            let place = U::ATTRIBUTES.iter().position(|attribute| attribute.name == *name)?;
            all.get(place)
        });
        values.len() == self.attributes.len()
            && own.zip(values).all(|(own, value)| own.is_some_and(|own| self.is_same(own, value)))
    }

    fn is_same(&self, a: &Value, b: &Value) -> bool {
        match (a, b) {
            (Value::Null, _) => false,
            (Value::Text(a), Value::Text(b)) if self.nocase => a.eq_ignore_ascii_case(b),
            _ => a == b,
        }
    }
}
