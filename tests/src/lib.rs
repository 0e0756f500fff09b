//! What the tests share: a user, a clock that they move, and a database of their own.
#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::missing_errors_doc,
    clippy::must_use_candidate,
    clippy::allow_attributes,
    missing_docs,
    reason = "a test that cannot go on should stop"
)]

pub mod by_hand;
pub mod everything;
pub mod source;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};

use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use lucia::diesel::{EmbeddedMigration, EmbeddedMigrations, SqlitePool};
use lucia::{Argon2id, Auth, Builder, Clock, LuciaUser, UnixMillis, UserId, provider};
use tempfile::TempDir;

/// The user of the quickstart.
#[derive(Clone, Debug, PartialEq, LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique, max_length = 32)]
    pub username: String,
    pub email: Option<String>,
    #[lucia(default = 0)]
    pub logins: i32,
    #[lucia(readonly, default = now)]
    pub created_at: DateTime<Utc>,
}

/// The names under which people log in.
pub const USERNAME: lucia::Provider = provider!("username");

pub fn attributes(username: &str) -> UserAttributes {
    UserAttributes { username: username.to_owned(), email: None, logins: None }
}

/// A clock that only a test moves.
#[derive(Clone, Debug)]
pub struct TestClock(Arc<AtomicI64>);

impl Default for TestClock {
    fn default() -> Self {
        // 2026-01-01
        Self(Arc::new(AtomicI64::new(1_767_225_600_000)))
    }
}

impl TestClock {
    pub fn set(&self, now: UnixMillis) {
        self.0.store(now.as_millis(), SeqCst);
    }

    pub fn advance(&self, millis: i64) {
        self.0.fetch_add(millis, SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> UnixMillis {
        UnixMillis::from_millis(self.0.load(SeqCst))
    }
}

/// The SQL that the build step would have written for a struct of this source.
pub fn schema_sql(source: &str) -> String {
    schema_sql_for(source, lucia_schema::Dialect::Sqlite)
}

/// The same for another database.
pub fn schema_sql_for(source: &str, dialect: lucia_schema::Dialect) -> String {
    lucia_schema::sql::create(&schema(source), dialect)
}

/// The tables of a struct of this source.
pub fn schema(source: &str) -> lucia_schema::Schema {
    let item: syn::DeriveInput = syn::parse_str(source).unwrap();
    let reading = lucia_schema::read(&item);
    assert!(reading.errors.is_none(), "{:?}", reading.errors);
    reading.user.schema()
}

/// The source of [`User`].
pub const USER_SOURCE: &str = r"
    struct User {
        id: UserId,
        #[lucia(unique, max_length = 32)]
        username: String,
        email: Option<String>,
        #[lucia(default = 0)]
        logins: i32,
        #[lucia(readonly, default = now)]
        created_at: DateTime<Utc>,
    }
";

/// A database file of its own, with the tables of [`User`].
#[derive(Debug)]
pub struct Database {
    dir: TempDir,
    pub clock: TestClock,
}

impl Database {
    pub fn new() -> Self {
        Self::with_schema(&schema_sql(USER_SOURCE))
    }

    pub fn with_schema(sql: &str) -> Self {
        let dir = TempDir::new().unwrap();
        let database = Self { dir, clock: TestClock::default() };
        let mut connection = database.connect();
        connection.batch_execute("PRAGMA journal_mode = WAL").unwrap();
        connection.batch_execute(sql).unwrap();
        database
    }

    pub fn path(&self) -> PathBuf {
        self.dir.path().join("test.db")
    }

    /// A connection of the test's own.
    pub fn connect(&self) -> SqliteConnection {
        connect(&self.path())
    }

    pub fn builder(&self) -> Builder<SqlitePool> {
        let pool = SqlitePool::open(self.path()).unwrap();
        Builder::new(pool).clock(self.clock.clone()).password_hasher(cheap_hasher())
    }

    pub fn auth(&self) -> Auth<User> {
        self.builder().development().unwrap()
    }
}

impl Default for Database {
    fn default() -> Self {
        Self::new()
    }
}

/// These, as what the build step puts into a program.
pub fn for_sqlite(migrations: &[EmbeddedMigration]) -> EmbeddedMigrations {
    EmbeddedMigrations::new().sqlite(migrations.to_vec().leak())
}

pub fn connect(path: &Path) -> SqliteConnection {
    let mut connection = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    connection.batch_execute("PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON").unwrap();
    connection
}

/// Argon2id with the least work that it allows.
pub fn cheap_hasher() -> Argon2id {
    Argon2id::with_parameters(8, 1, 1).unwrap()
}

/// A runtime for one test.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}
