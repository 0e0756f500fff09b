//! How the values of a Rust type get into a column and back: [`StoredAs`], on top of the few kinds of [`Storage`].

use super::{Attribute, Storage};
use crate::Result;

/// Why a stored value is none of a type; the source of the error that an operation returns.
pub type Unreadable = Box<dyn std::error::Error + Send + Sync>;

/// A type that an attribute of a user may have: its values are stored as those of `S` are.
///
/// `String` is stored as `String`, and so on. An enum or a newtype gets this by
/// [`#[derive(LuciaAttribute)]`](macro@crate::LuciaAttribute), and whatever serde can write and read is stored as
/// [`Json`](crate::Json). By hand it takes two functions, and may check what is stored. The type of a field has to be `Clone` and
/// `Debug` as well:
///
/// ```
/// use lucia::{Attribute, LuciaUser, StoredAs, Unreadable, UserId};
///
/// /// A colour, stored as a number.
/// #[derive(Clone, Debug)]
/// pub struct Colour(pub [u8; 3]);
///
/// impl StoredAs<i32> for Colour {
///     fn bound(&self) -> i32 {
///         let [r, g, b] = self.0.map(i32::from);
///         r << 16 | g << 8 | b
///     }
///
///     fn from_row(row: i32) -> Result<Self, Unreadable> {
///         match row.to_be_bytes() {
///             [0, r, g, b] => Ok(Self([r, g, b])),
///             _ => Err("not a colour".into()),
///         }
///     }
/// }
///
/// #[derive(LuciaUser)]
/// pub struct User {
///     pub id: UserId,
///     #[lucia(stored_as = i32)]
///     pub favourite: Colour,
/// }
/// ```
pub trait StoredAs<S: Storage>: Send + Sync + Sized + 'static {
    /// The only texts that there are, if there are so many: a default has to be one of them.
    const TEXTS: &'static [&'static str] = &[];

    /// The value as bound in a Diesel expression.
    fn bound(&self) -> S::Bound<'_>;

    /// The value of what Diesel has read.
    ///
    /// # Errors
    ///
    /// When it is none: the row was written by somebody else, or by an earlier release of the app.
    fn from_row(row: S::Row) -> std::result::Result<Self, Unreadable>;

    /// The value as every database keeps it: times lose what is finer than a microsecond.
    #[must_use]
    fn canonical(self) -> Self {
        self
    }

    /// Whether every database can keep the value, and it is no longer than the attribute allows.
    ///
    /// # Errors
    ///
    /// [`is_invalid_input`](crate::Error::is_invalid_input), with the attribute's name.
    fn check(&self, attribute: &Attribute) -> Result<()> {
        S::check(self.bound(), attribute)
    }
}

/// A value that may be absent.
impl<T: StoredAs<S>, S: Storage> StoredAs<Option<S>> for Option<T> {
    const TEXTS: &'static [&'static str] = T::TEXTS;

    fn bound(&self) -> S::Maybe<'_> {
        S::maybe(self.as_ref().map(T::bound))
    }

    fn from_row(row: Option<S::Row>) -> std::result::Result<Self, Unreadable> {
        row.map(T::from_row).transpose()
    }

    fn canonical(self) -> Self {
        self.map(T::canonical)
    }

    fn check(&self, attribute: &Attribute) -> Result<()> {
        self.as_ref().map_or(Ok(()), |value| value.check(attribute))
    }
}
