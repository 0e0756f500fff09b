//! The adapter on Diesel: users, keys and sessions in three tables of one database.

mod adapter;
mod borrowed;
mod connect;
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
pub use connect::Connect;
pub use folded::{Folded, folded};
pub use migrations::EmbeddedMigration;
#[cfg(feature = "sqlite")]
pub use migrations::run_migrations;
pub use native::{Native, NativeCodec, NativeColumn, NativeOn, NativeType};
#[cfg(feature = "sqlite")]
pub use pool::{Pooled, WriteTransaction};
pub use queries::{KeyRow, Queries, SessionRow};
#[cfg(feature = "sqlite")]
pub use sqlite::SqlitePool;
pub use unread::Unread;
