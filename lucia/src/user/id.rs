//! The field `id`, with the proof that it is a [`UserId`].

use crate::UserId;
use crate::check::IsUserId;

/// The field `id` of a user struct, of type `T`.
#[derive(Clone, Copy, Debug)]
pub struct Id<T> {
    into: fn(T) -> UserId,
    from: fn(UserId) -> T,
    of: fn(&T) -> &UserId,
}

impl<T: IsUserId> Id<T> {
    pub(crate) const OF: Self = Self { into: T::into_id, from: T::from_id, of: T::as_id };
}

impl<T> Id<T> {
    /// The field's value.
    pub fn take(&self, value: T) -> UserId {
        (self.into)(value)
    }

    /// The field's value, back again.
    pub fn put(&self, value: UserId) -> T {
        (self.from)(value)
    }

    /// The field's value, looked at.
    pub fn get<'a>(&self, value: &'a T) -> &'a UserId {
        (self.of)(value)
    }
}
