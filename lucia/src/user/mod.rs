//! What `#[derive(LuciaUser)]` tells about a user struct, without Diesel: enough for any adapter to store it.

mod attribute;
mod column;
mod id;
mod kinds;
mod rules;
mod storage;
mod stored_as;
mod unique;
mod value;

pub use attribute::{Attribute, AttributeDefault, AttributeKind, Tables};
#[cfg(feature = "json")]
pub use kinds::json::Json;
#[cfg(feature = "json")]
pub(crate) use kinds::json::Serde;
pub use storage::Storage;
pub use stored_as::{StoredAs, Unreadable};
pub use unique::UniqueAttributes;
pub use value::{Opaque, Value};

pub use column::{Codec, Column};
pub use id::Id;
pub use rules::{UserValues, stored_value};
pub(crate) use storage::is_its_own_option;
pub(crate) use storage::sealed::Sealed;

use crate::{Result, UnixMillis, UserId};

/// A struct whose values are users: an id and the app's own attributes.
///
/// Derive it; the derive also writes the Diesel tables, the input types and the queries. An adapter that knows no
/// Diesel stores a user by [`id`](Self::id) and [`values`](Self::values), in the order of
/// [`ATTRIBUTES`](Self::ATTRIBUTES), and gets it back by [`from_values`](Self::from_values).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a user of lucia",
    label = "this type does not implement `LuciaUser`",
    note = "write `#[derive(lucia::LuciaUser)]` above the struct"
)]
pub trait LuciaUser: Sized + Send + Sync + 'static {
    /// What creating a user takes: every attribute that is neither read-only nor the id.
    type Attributes: Send + Sync + 'static;
    /// A partial update: every attribute that may change, each of them optional.
    type Changes: Default + Send + Sync + 'static;

    /// The names of the three tables.
    const TABLES: Tables;
    /// The attributes in the order of the struct's fields, the id left out.
    const ATTRIBUTES: &'static [Attribute];
    /// The attributes that tell users apart: those that are unique alone, then those that are together.
    const UNIQUE: &'static [UniqueAttributes];

    /// The user's id.
    fn id(&self) -> &UserId;

    /// A new user with `id` and `attributes`; defaults are filled in, with `now` where the default is the time.
    ///
    /// # Errors
    ///
    /// [`is_invalid_input`](crate::Error::is_invalid_input) when a value breaks a rule of its attribute.
    fn create(id: UserId, attributes: Self::Attributes, now: UnixMillis) -> Result<Self>;

    /// The same user with `changes` made.
    ///
    /// # Errors
    ///
    /// [`is_invalid_input`](crate::Error::is_invalid_input) when a value breaks a rule of its attribute.
    fn change(self, changes: Self::Changes) -> Result<Self>;

    /// Whether `changes` keep the rules of their attributes.
    ///
    /// # Errors
    ///
    /// [`is_invalid_input`](crate::Error::is_invalid_input) when a value breaks a rule of its attribute.
    fn check(changes: &Self::Changes) -> Result<()>;

    /// Whether `changes` change nothing at all.
    fn is_unchanged(changes: &Self::Changes) -> bool;

    /// The values of the attributes, in the order of [`ATTRIBUTES`](Self::ATTRIBUTES).
    fn values(&self) -> Vec<Value>;

    /// The user with `id` and `values`, or `None` when their number or kinds are not those of
    /// [`ATTRIBUTES`](Self::ATTRIBUTES).
    fn from_values(id: UserId, values: Vec<Value>) -> Option<Self>;
}

/// A column that can look a user up, or several that can together: those of `unique` attributes, and no others.
///
/// The derive implements it for the Diesel columns of attributes marked `#[lucia(unique)]`, and for the tuple of those that a
/// `#[lucia(unique(..))]` above the struct names, in that order; [`Auth::user_by`](crate::Auth::user_by) takes it.
#[diagnostic::on_unimplemented(
    message = "users of type `{U}` cannot be looked up by `{Self}`",
    label = "not a unique attribute, nor several that are unique together",
    note = "a user is found by an attribute marked `#[lucia(unique)]`, or by a tuple of those in `#[lucia(unique(..))]` above the \
            struct, in that order; mark it there and write the migration",
    note = "by the id a user is found with `auth.user(&id)`"
)]
pub trait Unique<U: LuciaUser> {
    /// The type of the attribute's value, without its `Option`; of several attributes, a tuple.
    type Value;
    /// Where it stands in [`LuciaUser::UNIQUE`].
    const INDEX: usize;

    /// The values without their types, one for each attribute.
    fn values(value: Self::Value) -> Vec<Value>;
}

/// A column that a change can set: that of an attribute that is not read-only.
///
/// The derive implements it for their Diesel columns; [`Auth::set_attribute`](crate::Auth::set_attribute) takes it. A field that
/// is less visible than the struct, and says how it is stored, has none: its type may be nobody else's, and it is changed by
/// [`Auth::update_user`](crate::Auth::update_user).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an attribute of `{U}` that can be changed",
    label = "this attribute cannot be set",
    note = "the id of a user never changes",
    note = "an attribute marked `#[lucia(readonly)]` is set by the database and by the app's own queries; remove `readonly` in the \
            struct if lucia may set it"
)]
pub trait Changeable<U: LuciaUser> {
    /// The type of the field.
    type Value;

    /// Where its new value is among all changes.
    fn slot(changes: &mut U::Changes) -> &mut Option<Self::Value>;
}
