//! The field `id`, with the proof that it is a [`UserId`].

use crate::UserId;
use crate::check::IsUserId;

/// The field `id` of a user struct, of type `T`.
#[derive(Clone, Copy, Debug)]
pub struct Id<T> {
    from: fn(UserId) -> T,
    of: fn(&T) -> &UserId,
}

impl<T: IsUserId> Id<T> {
    pub(crate) const OF: Self = Self { from: T::from_id, of: T::as_id };
}

impl<T> Id<T> {
    /// The field's value of an id.
    #[must_use]
    pub fn put(&self, value: UserId) -> T {
        (self.from)(value)
    }

    /// The field's value, looked at.
    pub fn get<'a>(&self, value: &'a T) -> &'a UserId {
        (self.of)(value)
    }
}
