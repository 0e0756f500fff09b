//! The adapter on Diesel: users, keys and sessions in three tables of one database.

mod adapter;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
mod attempts;
mod borrowed;
mod connect;
mod driver;
mod folded;
mod migrations;
mod native;
#[cfg(feature = "sqlite")]
mod pool;
#[expect(clippy::missing_errors_doc, reason = "each query fails as its statement does")]
mod queries;
#[cfg(feature = "sqlite")]
mod sqlite;
mod steps;
mod templates;
mod unread;
mod violation;

pub use adapter::DieselAdapter;
pub use borrowed::Borrowed;
pub use connect::{Connect, WorkOf};
pub(crate) use driver::now;
pub use driver::{Blocking, Driver, Step, Work};
pub use folded::{Folded, folded};
pub use migrations::EmbeddedMigration;
#[cfg(feature = "sqlite")]
pub use migrations::run_migrations;
pub use native::{Native, NativeCodec, NativeColumn, NativeOn, NativeType};
#[cfg(feature = "sqlite")]
pub use pool::{PoolConnection, Pooled};
pub use queries::{KeyRow, Queries, QueriesOn, SessionRow};
#[cfg(feature = "sqlite")]
pub use sqlite::SqlitePool;
pub use unread::Unread;
