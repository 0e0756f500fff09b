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
        let own = self.values_of(user);
        let one_for_each = own.len() == self.attributes.len() && values.len() == self.attributes.len();
        one_for_each && own.iter().zip(values).all(|(own, value)| self.is_same(own, value))
    }

    /// Whether two users have the same values, so that there cannot be both.
    #[must_use]
    pub fn are_shared<U: LuciaUser>(&self, a: &U, b: &U) -> bool {
        self.are_of(a, &self.values_of(b))
    }

    /// The values of a user, one for each of the attributes.
    #[must_use]
    pub fn values_of<U: LuciaUser>(&self, user: &U) -> Vec<Value> {
        let all = user.values();
        let place = |name: &&str| U::ATTRIBUTES.iter().position(|attribute| attribute.name == *name);
        self.attributes.iter().filter_map(place).filter_map(|place| all.get(place).cloned()).collect()
    }

    fn is_same(&self, a: &Value, b: &Value) -> bool {
        match (a, b) {
            (Value::Null, _) => false,
            (Value::Text(a), Value::Text(b)) if self.nocase => a.eq_ignore_ascii_case(b),
            _ => a == b,
        }
    }
}
