//! The live database against the struct, when the app starts: tables that somebody has changed by hand, a migration that did not
//! run, a server that cuts what does not fit.
//!
//! Each pool has `audit` beside `migrate`. It asks the database once, on a connection made like those of the app, changes nothing,
//! and returns what is not as it should be; what to do about that is the app's affair. This one tells everything, and does not
//! start where something would fail later, or be stored otherwise than it was given:
//!
//! ```
//! use lucia::audit::Severity;
//! use lucia::diesel::SqlitePool;
//! use lucia::{Auth, Builder, LuciaUser, UserId};
//! # use lucia::diesel::{EmbeddedMigration, EmbeddedMigrations};
//! # const SQL: &str = "
//! #     CREATE TABLE auth_user (id TEXT NOT NULL PRIMARY KEY, username TEXT NOT NULL);
//! #     CREATE UNIQUE INDEX auth_user_username_key ON auth_user (username);
//! #     CREATE TABLE auth_session (id TEXT NOT NULL PRIMARY KEY, user_id TEXT NOT NULL REFERENCES auth_user (id),
//! #         active_expires BIGINT NOT NULL, idle_expires BIGINT NOT NULL, created_at BIGINT, absolute_expires BIGINT,
//! #         renewed_from TEXT);
//! #     CREATE UNIQUE INDEX auth_session_renewed_from_key ON auth_session (renewed_from);
//! #     CREATE TABLE auth_key (id TEXT NOT NULL PRIMARY KEY, user_id TEXT NOT NULL REFERENCES auth_user (id),
//! #         primary_key BOOLEAN NOT NULL, hashed_password TEXT, expires BIGINT);";
//! # const MIGRATIONS: EmbeddedMigrations = EmbeddedMigrations::new().sqlite(&[EmbeddedMigration::new("0", "0_lucia", SQL)]);
//!
//! #[derive(Clone, Debug, LuciaUser)]
//! pub struct User {
//!     pub id: UserId,
//!     #[lucia(unique, max_length = 32)]
//!     pub username: String,
//! }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let dir = tempfile::tempdir()?;
//! # let path = dir.path().join("app.db");
//! let pool = SqlitePool::open(&path)?;
//! pool.migrate(&MIGRATIONS)?;
//! let findings = pool.audit::<User>()?;
//! for finding in &findings {
//!     eprintln!("{}: {finding}", finding.severity);
//! }
//! if findings.iter().any(|finding| finding.severity == Severity::Error) {
//!     return Err("the database is not as it should be".into());
//! }
//! let auth: Auth<User> = Builder::new(pool).development()?;
//! # // Somebody forgot the indexes by which sessions and keys of a user are found.
//! # assert_eq!(findings.len(), 4, "{findings:?}");
//! # Ok(()) }
//! ```
//!
//! Sessions in a database of their own are audited as `sessions.audit::<SessionTable>()`, on their pool. The command `cargo lucia
//! audit` compares in the same way.

#[cfg(any(feature = "sqlite", feature = "postgres-backend", feature = "mysql-backend"))]
mod backends;

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::connection::LoadConnection;
#[cfg(feature = "async")]
use diesel_async::AsyncConnectionCore;
use lucia_schema::audit::{Live, Row};
use lucia_schema::{Dialect, Schema};

#[doc(inline)]
pub use lucia_schema::audit::{Code, Finding, Severity};

use crate::Result;
use crate::diesel::SessionTable;
use crate::error::Error;

/// What is not as it should be in the database of a connection, for the tables of `U`; nothing, if all is well.
///
/// Whether SQLite enforces foreign keys, and whether MySQL cuts what does not fit, is a setting of the connection: use one that is
/// made like those of the app.
///
/// ```
/// # use lucia::__private::diesel;
/// use diesel::prelude::*;
/// use lucia::audit::{Code, audit};
/// use lucia::diesel::SessionTable;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut connection = SqliteConnection::establish(":memory:")?;
/// diesel::sql_query("PRAGMA foreign_keys = ON").execute(&mut connection)?;
/// let findings = audit::<SessionTable, _>(&mut connection)?;
/// assert_eq!(findings[0].code, Code::MissingTable);
/// # Ok(()) }
/// ```
///
/// # Errors
///
/// [`is_unavailable`](Error::is_unavailable) when the database does not answer. Another error, with its source, when the database
/// says of itself what lucia does not understand.
pub fn audit<U, C>(connection: &mut C) -> Result<Vec<Finding>>
where
    U: Audited,
    C: LoadConnection,
    C::Backend: AuditBackend,
{
    let rows = C::Backend::rows(connection, &query::<U, C::Backend>()?)?;
    findings::<U, C::Backend>(rows)
}

/// What asks a database for all that an audit has to know.
pub(crate) fn query<U: Audited, DB: AuditBackend>() -> Result<String> {
    Ok(lucia_schema::audit::query(&U::schema()?, DB::DIALECT))
}

/// What is not as it should be in a database that gave these rows.
pub(crate) fn findings<U: Audited, DB: AuditBackend>(rows: Vec<Row>) -> Result<Vec<Finding>> {
    let live = Live::from_rows(rows).map_err(|error| {
        Error::storage(
            "the database says of its tables what lucia does not understand",
            Some(Box::new(error)),
        )
    })?;
    Ok(lucia_schema::audit::audit(&U::schema()?, &live, DB::DIALECT))
}

/// Whose tables can be audited: every derived user, and [`SessionTable`].
#[diagnostic::on_unimplemented(
    message = "the tables of `{Self}` cannot be audited",
    label = "nothing is known about its tables",
    note = "write `#[derive(lucia::LuciaUser)]` above the struct, and name it here: `pool.audit::<User>()`"
)]
pub trait Audited: 'static {
    /// The tables as they should be.
    #[doc(hidden)]
    fn schema() -> Result<Schema>;
}

impl Audited for SessionTable {
    fn schema() -> Result<Schema> {
        Ok(Schema::sessions())
    }
}

/// A database that can be audited: SQLite, PostgreSQL, MySQL and MariaDB.
pub trait AuditBackend: Backend {
    /// Which one it is.
    #[doc(hidden)]
    const DIALECT: Dialect;

    /// What it says of itself.
    #[doc(hidden)]
    fn rows<C: LoadConnection<Backend = Self>>(connection: &mut C, query: &str) -> QueryResult<Vec<Row>>;

    /// The same on a connection of `diesel-async`.
    #[cfg(feature = "async")]
    #[doc(hidden)]
    fn rows_async<C: AsyncConnectionCore<Backend = Self>>(
        connection: &mut C,
        query: &str,
    ) -> impl Future<Output = QueryResult<Vec<Row>>> + Send;
}
