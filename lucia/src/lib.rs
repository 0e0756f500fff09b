#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![expect(clippy::needless_doctest_main, reason = "a build script is nothing but its `main`")]

// Derived code says `::lucia`; here, in tests and examples, that is this crate.
extern crate self as lucia;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
#[cfg(doc)]
#[doc = include_str!("docs/expansion.md")]
pub mod _expansion {}
#[cfg(any(doc, doctest))]
#[doc = include_str!("docs/migrations.md")]
pub mod _migrations {}
#[cfg(any(doc, doctest))]
#[doc = include_str!("docs/databases.md")]
pub mod _databases {}
#[cfg(any(doc, doctest))]
#[doc = include_str!("docs/sessions_elsewhere.md")]
pub mod _sessions_elsewhere {}
#[cfg(any(doc, all(doctest, feature = "lucia-v1")))]
#[doc = include_str!("docs/lucia_v1.md")]
pub mod _lucia_v1 {}
pub mod adapter;
#[cfg(feature = "audit")]
pub mod audit;
mod auth;
#[cfg(feature = "axum")]
pub mod axum;
#[doc(hidden)]
pub mod check;
#[cfg(feature = "conformance")]
pub mod conformance;
pub mod diesel;
mod domain;
mod error;
mod memory;
#[cfg(feature = "redis")]
pub mod redis;
mod user;

// The crates whose types an attribute may have, in the versions that go with this one; errors name the types by these paths.
#[cfg(feature = "chrono")]
pub use ::chrono;
#[cfg(feature = "json")]
pub use ::serde_json;
#[cfg(feature = "uuid")]
pub use ::uuid;

pub use adapter::{AnyAdapter, Custom, Removed, Split, Store};
pub use auth::{Auth, Builder, On, SessionUser, Sessions};
pub use domain::*;
pub use error::{Error, Result};
#[doc = include_str!("docs/attribute_types.md")]
pub use lucia_macros::LuciaAttribute;
#[doc = include_str!("docs/attributes.md")]
pub use lucia_macros::LuciaUser;
pub use memory::MemoryAdapter;
#[cfg(feature = "json")]
pub use user::Json;
pub use user::{
    Attribute, AttributeDefault, AttributeKind, Changeable, LuciaUser, Opaque, Storage, StoredAs, Tables,
    Unique, UniqueAttributes, Unreadable, Value,
};

/// Returns the builder of an [`Auth`] that keeps everything in memory: for tests and for trying out. All is gone when the
/// process ends.
///
/// ```
/// use lucia::{Auth, LuciaUser, UserId};
///
/// #[derive(Clone, Debug, LuciaUser)]
/// pub struct User {
///     pub id: UserId,
/// }
///
/// # fn main() -> lucia::Result<()> {
/// let auth: Auth<User> = lucia::memory().development()?;
/// # Ok(()) }
/// ```
pub fn memory<U: LuciaUser>() -> Builder<Custom<MemoryAdapter<U>>> {
    Builder::new(Custom(MemoryAdapter::new()))
}

/// Opens a SQLite file, which is made when there is none, and returns the builder of an [`Auth`] on it.
///
/// # Errors
///
/// Those of [`SqlitePool::open`](diesel::SqlitePool::open).
#[cfg(feature = "sqlite")]
pub fn sqlite(path: impl AsRef<std::path::Path>) -> Result<Builder<diesel::SqlitePool>> {
    Ok(Builder::new(diesel::SqlitePool::open(path)?))
}

/// Opens the database that a URL names, and returns the builder of an [`Auth`] on it: `sqlite://app.db` or a file's name,
/// `postgres://ada:secret@localhost/app`, `mysql://ada:secret@localhost/app`.
///
/// # Errors
///
/// Those of [`AnyPool::open`](diesel::AnyPool::open).
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql", feature = "async"))]
pub async fn open(url: &str) -> Result<Builder<diesel::AnyPool>> {
    Ok(Builder::new(diesel::AnyPool::open(url).await?))
}
