//! [`AnyPool`]: the database that a URL names.

#[cfg(feature = "mysql-async")]
use diesel_async::AsyncMysqlConnection;
#[cfg(feature = "postgres-async")]
use diesel_async::AsyncPgConnection;
#[cfg(feature = "async")]
use diesel_async::pooled_connection::deadpool;

#[cfg(feature = "async")]
use super::AsyncPooled;
use super::EmbeddedMigrations;
#[cfg(any(feature = "postgres", feature = "mysql"))]
use super::Pooled;
#[cfg(feature = "sqlite")]
use super::SqlitePool;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
use super::pool::run_blocking;
use crate::adapter::{AnyAdapter, Store};
#[cfg(feature = "audit")]
use crate::audit::{Audited, Finding};
use crate::error::Error;
use crate::{LuciaUser, Result};

/// A pool of connections to the database that a URL names: which one, an app need not know before it runs.
#[derive(Debug)]
#[non_exhaustive]
pub enum AnyPool {
    /// `sqlite://app.db`, or the name of a file.
    #[cfg(feature = "sqlite")]
    Sqlite(SqlitePool),
    /// `postgres://..`, by Diesel's own connections.
    #[cfg(feature = "postgres")]
    Postgres(Pooled<diesel::PgConnection>),
    /// `mysql://..`, by Diesel's own connections.
    #[cfg(feature = "mysql")]
    Mysql(Pooled<diesel::MysqlConnection>),
    /// `postgres://..`, by `diesel-async`.
    #[cfg(feature = "postgres-async")]
    AsyncPostgres(AsyncPooled<deadpool::Pool<AsyncPgConnection>>),
    /// `mysql://..`, by `diesel-async`.
    #[cfg(feature = "mysql-async")]
    AsyncMysql(AsyncPooled<deadpool::Pool<AsyncMysqlConnection>>),
}

impl AnyPool {
    /// Opens a pool as [`SqlitePool::open`], [`Pooled::postgres`] and the others do. A server is reached by `diesel-async` where
    /// that is compiled in, and else by Diesel's own connections.
    ///
    /// # Errors
    ///
    /// [`is_config`](Error::is_config) for a URL of another database, or of one whose feature is off;
    /// [`is_unavailable`](Error::is_unavailable) when the database cannot be reached.
    pub async fn open(url: &str) -> Result<Self> {
        match url.split_once("://").map(|(scheme, _)| scheme) {
            None | Some("sqlite") => sqlite(url),
            Some("postgres" | "postgresql") => postgres(url).await,
            Some("mysql" | "mariadb") => mysql(&url.replacen("mariadb://", "mysql://", 1)).await,
            Some(_) => Err(Error::config(
                "the URL of the database names one that lucia does not know; begin it by `sqlite://`, `postgres://` or `mysql://`",
            )),
        }
    }

    /// Runs those of the app's [`migrations!`](crate::migrations) that the database has not seen yet, on a thread that may block.
    ///
    /// # Errors
    ///
    /// Those of [`run_migrations`](super::run_migrations).
    pub async fn migrate(&self, migrations: &EmbeddedMigrations) -> Result<()> {
        #[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
        macro_rules! blocking {
            ($pool:ident) => {{
                let (pool, migrations) = ($pool.clone(), *migrations);
                run_blocking(move || pool.migrate(&migrations)).await
            }};
        }
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(pool) => blocking!(pool),
            #[cfg(feature = "postgres")]
            Self::Postgres(pool) => blocking!(pool),
            #[cfg(feature = "mysql")]
            Self::Mysql(pool) => blocking!(pool),
            #[cfg(feature = "postgres-async")]
            Self::AsyncPostgres(pool) => pool.migrate(migrations).await,
            #[cfg(feature = "mysql-async")]
            Self::AsyncMysql(pool) => pool.migrate(migrations).await,
        }
    }

    /// What is not as it should be in the database for the tables of `U`, looked at on a thread that may block:
    /// see [`lucia::audit`](crate::audit).
    ///
    /// # Errors
    ///
    /// Those of [`audit`](crate::audit::audit()).
    #[cfg(feature = "audit")]
    pub async fn audit<U: Audited>(&self) -> Result<Vec<Finding>> {
        #[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
        macro_rules! blocking {
            ($pool:ident) => {{
                let pool = $pool.clone();
                run_blocking(move || pool.audit::<U>()).await
            }};
        }
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(pool) => blocking!(pool),
            #[cfg(feature = "postgres")]
            Self::Postgres(pool) => blocking!(pool),
            #[cfg(feature = "mysql")]
            Self::Mysql(pool) => blocking!(pool),
            #[cfg(feature = "postgres-async")]
            Self::AsyncPostgres(pool) => pool.audit::<U>().await,
            #[cfg(feature = "mysql-async")]
            Self::AsyncMysql(pool) => pool.audit::<U>().await,
        }
    }
}

#[cfg(feature = "sqlite")]
fn sqlite(url: &str) -> Result<AnyPool> {
    SqlitePool::open(url).map(AnyPool::Sqlite)
}

#[cfg(not(feature = "sqlite"))]
fn sqlite(_: &str) -> Result<AnyPool> {
    Err(off("SQLite", "`sqlite`"))
}

#[cfg(feature = "postgres-async")]
async fn postgres(url: &str) -> Result<AnyPool> {
    AsyncPooled::postgres(url).await.map(AnyPool::AsyncPostgres)
}

#[cfg(all(feature = "postgres", not(feature = "postgres-async")))]
async fn postgres(url: &str) -> Result<AnyPool> {
    let url = url.to_owned();
    run_blocking(move || Pooled::postgres(&url)).await.map(AnyPool::Postgres)
}

#[cfg(not(any(feature = "postgres", feature = "postgres-async")))]
fn postgres(_: &str) -> std::future::Ready<Result<AnyPool>> {
    std::future::ready(Err(off("PostgreSQL", "`postgres` or `postgres-async`")))
}

#[cfg(feature = "mysql-async")]
async fn mysql(url: &str) -> Result<AnyPool> {
    AsyncPooled::mysql(url).await.map(AnyPool::AsyncMysql)
}

#[cfg(all(feature = "mysql", not(feature = "mysql-async")))]
async fn mysql(url: &str) -> Result<AnyPool> {
    let url = url.to_owned();
    run_blocking(move || Pooled::mysql(&url)).await.map(AnyPool::Mysql)
}

#[cfg(not(any(feature = "mysql", feature = "mysql-async")))]
fn mysql(_: &str) -> std::future::Ready<Result<AnyPool>> {
    std::future::ready(Err(off("MySQL", "`mysql` or `mysql-async`")))
}

/// The error for a database that is not compiled in.
#[cfg(not(all(
    feature = "sqlite",
    any(feature = "postgres", feature = "postgres-async"),
    any(feature = "mysql", feature = "mysql-async")
)))]
fn off(database: &str, features: &str) -> Error {
    Error::config(format!(
        "the URL names {database}, which is not compiled in; turn on lucia's feature {features}"
    ))
}

impl<U: OnEveryDatabase> Store<U> for AnyPool {
    fn into_adapter(self) -> AnyAdapter<U> {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(pool) => pool.into_adapter(),
            #[cfg(feature = "postgres")]
            Self::Postgres(pool) => pool.into_adapter(),
            #[cfg(feature = "mysql")]
            Self::Mysql(pool) => pool.into_adapter(),
            #[cfg(feature = "postgres-async")]
            Self::AsyncPostgres(pool) => pool.into_adapter(),
            #[cfg(feature = "mysql-async")]
            Self::AsyncMysql(pool) => pool.into_adapter(),
        }
    }
}

/// A trait for users that can be kept in a pool, which holds of every user when that pool is not compiled in.
macro_rules! kept_in {
    ($($name:ident: $feature:literal, $bound:path;)*) => {$(
        #[cfg(feature = $feature)]
        pub trait $name: $bound {}
        #[cfg(feature = $feature)]
        impl<U: $bound> $name for U {}
        #[cfg(not(feature = $feature))]
        pub trait $name {}
        #[cfg(not(feature = $feature))]
        impl<U> $name for U {}
    )*};
}

mod kept {
    kept_in! {
        InSqlite: "sqlite", crate::diesel::Queries<diesel::sqlite::Sqlite>;
        InPostgres: "postgres", crate::diesel::Queries<diesel::pg::Pg>;
        InMysql: "mysql", crate::diesel::Queries<diesel::mysql::Mysql>;
        InAsyncPostgres: "postgres-async",
            crate::diesel::QueriesOn<crate::diesel::Async<diesel_async::AsyncPgConnection>>;
        InAsyncMysql: "mysql-async",
            crate::diesel::QueriesOn<crate::diesel::Async<diesel_async::AsyncMysqlConnection>>;
    }
}

/// A user that can be kept in every database that is compiled in.
#[diagnostic::on_unimplemented(
    message = "users of type `{Self}` cannot be kept in every database whose feature is on",
    note = "a field with `sql_type` may name some of them only; open the pool of one that it names, for example by \
            `lucia::sqlite`"
)]
pub trait OnEveryDatabase:
    LuciaUser + kept::InSqlite + kept::InPostgres + kept::InMysql + kept::InAsyncPostgres + kept::InAsyncMysql
{
}

#[diagnostic::do_not_recommend]
impl<U> OnEveryDatabase for U where
    U: LuciaUser
        + kept::InSqlite
        + kept::InPostgres
        + kept::InMysql
        + kept::InAsyncPostgres
        + kept::InAsyncMysql
{
}
