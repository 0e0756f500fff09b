//! The adapter on Diesel: users, keys and sessions in three tables of one database, or sessions in a database of their own.

mod adapter;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql", feature = "async"))]
mod any_pool;
#[cfg(feature = "async")]
mod asynchronous;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql", feature = "async"))]
mod attempts;
mod borrowed;
mod connect;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql", feature = "async"))]
mod deadline;
mod driver;
mod exact;
mod folded;
mod migrations;
#[cfg(feature = "chrono")]
mod moment;
#[cfg(feature = "mysql")]
mod mysql;
mod native;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
mod pool;
#[cfg(feature = "postgres")]
mod postgres;
#[expect(clippy::missing_errors_doc, reason = "each query fails as its statement does")]
mod queries;
mod row;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql", feature = "async"))]
mod runtime;
mod sessions;
#[cfg(any(feature = "postgres", feature = "mysql", feature = "postgres-async", feature = "mysql-async"))]
mod settings;
#[cfg(feature = "sqlite")]
mod sqlite;
mod steps;
mod templates;
mod unread;
mod violation;

pub use adapter::DieselAdapter;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql", feature = "async"))]
pub use any_pool::{AnyPool, OnEveryDatabase};
#[cfg(feature = "async")]
pub use asynchronous::{Async, AsyncBorrowed, AsyncPool, AsyncPooled};
pub use borrowed::Borrowed;
pub use connect::{Connect, WorkOf};
pub(crate) use driver::now;
pub use driver::{Blocking, Driver, Step, Work};
pub use exact::Exact;
pub use folded::{Folded, folded};
pub use migrations::{EmbeddedMigration, EmbeddedMigrations, MigrateConnection, run_migrations};
#[cfg(feature = "chrono")]
pub use moment::{MaybeMoment, Moment};
pub use native::{Native, NativeCodec, NativeColumn, NativeOn, NativeType};
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
pub use pool::{PoolConnection, Pooled};
pub use queries::{
    ApartQueries, ApartQueriesOn, KeyRow, Queries, QueriesOn, SessionQueries, SessionQueriesOn, SessionRow,
    SessionsOf,
};
pub use row::{Loaded, UserRow};
pub use sessions::{DieselSessions, SESSION_MIGRATIONS, SessionTable};
#[cfg(feature = "sqlite")]
pub use sqlite::SqlitePool;
pub use unread::Unread;
