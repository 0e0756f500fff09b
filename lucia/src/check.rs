//! What derived code asks rustc about each field, with the answer worded for whoever reads it.
//!
//! A trait for each question. The code that the derive writes names a constant of it, at the field; if that is there, the
//! rest of the derived code compiles, and if it is not, rustc says what stands above the trait, once.

mod features;

use std::any::Any;
use std::fmt::Debug;

use diesel::backend::Backend;
use diesel::deserialize::FromSql;
use diesel::serialize::ToSql;

#[cfg(feature = "json")]
use crate::Json;
use crate::UserId;
use crate::diesel::{Native, NativeCodec, NativeColumn, NativeType};
#[cfg(feature = "json")]
use crate::user::Serde;
use crate::user::{Codec, Id, Storage, StoredAs};

pub use features::{chrono, json, uuid};

/// Is it the type that its spelling makes one think of?
#[diagnostic::on_unimplemented(
    message = "the type of this field is spelled like `{S}`, but is another one",
    label = "not the type that lucia takes it for",
    note = "the column's type comes from the spelling; write `{S}` itself, or give your own type another name, \
            `#[derive(lucia::LuciaAttribute)]`, and `#[lucia(stored_as = String)]` above the field"
)]
pub trait SpelledLike<S: Storage>: Sized {
    /// What is done with its values.
    const CODEC: Codec<Self, S>;
}

#[diagnostic::do_not_recommend]
impl<T: StoredAs<S> + Clone + Debug, S: Storage> SpelledLike<S> for T {
    const CODEC: Codec<Self, S> = Codec::OF;
}

/// Is it stored as the field says?
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not stored as `{S}`",
    label = "`stored_as` says that it is",
    note = "an enum is stored as `String` and a newtype as the type that it wraps; write that type in `stored_as`",
    note = "the type needs `#[derive(Clone, Debug, lucia::LuciaAttribute)]`"
)]
pub trait DeclaredAs<S: Storage>: Sized {
    /// What is done with its values.
    const CODEC: Codec<Self, S>;
}

#[diagnostic::do_not_recommend]
impl<T: StoredAs<S> + Clone + Debug, S: Storage> DeclaredAs<S> for T {
    const CODEC: Codec<Self, S> = Codec::OF;
}

/// Can it be kept as JSON?
#[cfg(feature = "json")]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be kept as JSON",
    label = "`stored_as = Json` says that it can",
    note = "the type needs `Clone`, `Debug`, `serde::Serialize` and `serde::Deserialize`, most easily by `#[derive(..)]`, and \
            can have no lifetimes"
)]
pub trait KeptAsJson<S: Storage>: Sized {
    /// What is done with its values.
    const CODEC: Codec<Self, S>;
}

#[cfg(feature = "json")]
#[diagnostic::do_not_recommend]
impl<T: Serde> KeptAsJson<Json> for T {
    const CODEC: Codec<Self, Json> = Codec::<Self, Json>::JSON;
}

#[cfg(feature = "json")]
#[diagnostic::do_not_recommend]
impl<T: Serde> KeptAsJson<Option<Json>> for Option<T> {
    const CODEC: Codec<Self, Option<Json>> = Codec::<Self, Option<Json>>::JSON;
}

/// Is it a value like any other?
///
/// The type is a parameter, and not what has the trait: a reference to it may be such a value, and rustc would say to borrow it.
#[diagnostic::on_unimplemented(
    message = "`{T}` cannot be the type of a user attribute",
    label = "it must be `Clone`, `Debug`, `Send`, `Sync` and `'static`",
    note = "the type needs `#[derive(Clone, Debug)]`, no lifetimes, and nothing that is bound to one thread"
)]
pub trait NativeValue<T, S: Storage> {
    /// What is done with its values.
    const CODEC: Codec<T, S>;
}

#[diagnostic::do_not_recommend]
impl<T: NativeType, C: NativeColumn> NativeValue<T, Native<C>> for () {
    const CODEC: Codec<T, Native<C>> = Codec::<T, Native<C>>::NATIVE;
}

#[diagnostic::do_not_recommend]
impl<T: NativeType, C: NativeColumn> NativeValue<Option<T>, Option<Native<C>>> for () {
    const CODEC: Codec<Option<T>, Option<Native<C>>> = Codec::<Option<T>, Option<Native<C>>>::NATIVE;
}

/// Is it lucia's user id?
#[diagnostic::on_unimplemented(
    message = "the field `id` is spelled like `lucia::UserId`, but is of another type",
    label = "not the type that lucia takes it for",
    note = "sessions, keys and the tables of an app refer to the id, which is always the same type; write \
            `pub id: lucia::UserId`"
)]
pub trait IsUserId: Sized {
    /// What is done with it.
    const ID: Id<Self>;

    /// The value of an id.
    fn from_id(id: UserId) -> Self;
    /// The value, looked at.
    fn as_id(&self) -> &UserId;
}

#[diagnostic::do_not_recommend]
impl IsUserId for UserId {
    const ID: Id<Self> = Id::OF;

    fn from_id(id: UserId) -> Self {
        id
    }

    fn as_id(&self) -> &UserId {
        self
    }
}

/// Can Diesel write and read it in a column of that type?
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be kept in a column of type `{ST}` on `{DB}`",
    label = "`sql_type` says that it can",
    note = "`{Self}` needs Diesel's `ToSql<{ST}, {DB}>` and `FromSql<{ST}, {DB}>`; write another `sql_type`, turn on the \
            feature of Diesel or of the type's own crate that brings them, or implement the two"
)]
pub trait OfSqlType<ST, DB: Backend>: Sized {
    /// How it is written and read.
    const CODEC: NativeCodec<DB>;
}

#[diagnostic::do_not_recommend]
impl<T, ST, DB> OfSqlType<ST, DB> for T
where
    T: ToSql<ST, DB> + FromSql<ST, DB> + Any + Send + Sync,
    DB: Backend,
{
    const CODEC: NativeCodec<DB> = NativeCodec::of::<Self, ST>();
}
