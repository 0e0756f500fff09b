//! Databases of servers that live as long as the tests that use them.
#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    clippy::allow_attributes,
    missing_docs,
    reason = "a test that cannot go on should stop"
)]

pub mod redis;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use diesel::connection::SimpleConnection;
use lucia_migration_tests::database::Database as _;
use lucia_migration_tests::mariadb::MariaDb;
use lucia_migration_tests::postgres::Postgres;
use lucia_schema::Dialect;
use lucia_tests::{USER_SOURCE, schema_sql_for};

/// A server that all tests which run at the same time share. It stops when none of them needs it any more.
struct Shared<S>(Mutex<Weak<Mutex<S>>>);

impl<S> Shared<S> {
    const fn new() -> Self {
        Self(Mutex::new(Weak::new()))
    }

    fn get(&self, start: impl FnOnce() -> S) -> Arc<Mutex<S>> {
        let mut shared = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shared.upgrade().unwrap_or_else(|| {
            let server = Arc::new(Mutex::new(start()));
            *shared = Arc::downgrade(&server);
            server
        })
    }
}

static POSTGRES: Shared<Postgres> = Shared::new();
static MARIADB: Shared<MariaDb> = Shared::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

#[derive(diesel::QueryableByName)]
struct Line {
    #[diesel(sql_type = diesel::sql_types::Text)]
    line: String,
}

#[derive(Debug)]
enum Server {
    Postgres(Arc<Mutex<Postgres>>),
    MariaDb(Arc<Mutex<MariaDb>>),
}

/// A database of its own, on a server that other tests use too.
#[derive(Debug)]
pub struct Database {
    server: Server,
    name: String,
}

/// The same for whichever server it is.
macro_rules! ask {
    ($database:expr, $server:ident => $answer:expr) => {
        match &$database.server {
            Server::Postgres(server) => {
                #[allow(unused_mut, reason = "some only look")]
                let mut $server = server.lock().unwrap();
                $answer
            }
            Server::MariaDb(server) => {
                #[allow(unused_mut, reason = "some only look")]
                let mut $server = server.lock().unwrap();
                $answer
            }
        }
    };
}

impl Database {
    /// One of PostgreSQL, with the tables of [`User`](lucia_tests::User).
    pub fn postgres() -> Self {
        Self::empty_postgres().with(&schema_sql_for(USER_SOURCE, Dialect::Postgres))
    }

    /// One of MariaDB, with the tables of [`User`](lucia_tests::User).
    pub fn mariadb() -> Self {
        Self::empty_mariadb().with(&schema_sql_for(USER_SOURCE, Dialect::Mysql))
    }

    /// One of PostgreSQL, with nothing in it.
    pub fn empty_postgres() -> Self {
        Self::new(Server::Postgres(POSTGRES.get(Postgres::start)))
    }

    /// One of PostgreSQL, on a server of its own with these settings and the tables of [`User`](lucia_tests::User).
    pub fn alone_on_postgres(settings: &[&str]) -> Self {
        Self::new(Server::Postgres(Arc::new(Mutex::new(Postgres::with(settings)))))
            .with(&schema_sql_for(USER_SOURCE, Dialect::Postgres))
    }

    /// One of MariaDB, on a server of its own with these settings and the tables of [`User`](lucia_tests::User).
    pub fn alone_on_mariadb(settings: &[&str]) -> Self {
        Self::new(Server::MariaDb(Arc::new(Mutex::new(MariaDb::with(settings)))))
            .with(&schema_sql_for(USER_SOURCE, Dialect::Mysql))
    }

    /// One of MariaDB, with nothing in it.
    pub fn empty_mariadb() -> Self {
        Self::new(Server::MariaDb(MARIADB.get(MariaDb::start)))
    }

    fn new(server: Server) -> Self {
        let name = format!("test_{}", DATABASES.fetch_add(1, Relaxed));
        let database = Self { server, name };
        ask!(database, server => server.execute(&format!("CREATE DATABASE {}", database.name)).unwrap());
        database
    }

    /// The same, after a script.
    #[must_use]
    pub fn with(self, sql: &str) -> Self {
        self.execute(sql);
        self
    }

    /// Where it is, for Diesel.
    pub fn url(&self) -> String {
        ask!(self, server => server.url_of(&self.name))
    }

    /// Where it is, for `diesel-async`.
    pub fn async_url(&self) -> String {
        match &self.server {
            Server::Postgres(_) => self.url(),
            Server::MariaDb(_) => self.url().replace("unix_socket=", "socket="),
        }
    }

    /// What the server's own tables call the schema that the tables are in.
    pub fn schema(&self) -> &str {
        match &self.server {
            Server::Postgres(_) => "public",
            Server::MariaDb(_) => &self.name,
        }
    }

    /// What a query says that selects one text, called `line`.
    pub fn lines(&self, sql: &str) -> Vec<String> {
        use diesel::{Connection as _, RunQueryDsl as _};
        let lines: Vec<Line> = match &self.server {
            Server::Postgres(_) => diesel::sql_query(sql)
                .load(&mut diesel::PgConnection::establish(&self.url()).unwrap())
                .unwrap(),
            Server::MariaDb(_) => diesel::sql_query(sql)
                .load(&mut diesel::MysqlConnection::establish(&self.url()).unwrap())
                .unwrap(),
        };
        lines.into_iter().map(|line| line.line).collect()
    }

    /// Runs a script.
    pub fn execute(&self, sql: &str) {
        self.connect().batch_execute(sql).unwrap();
    }

    /// A connection of the test's own.
    pub fn connect(&self) -> Box<dyn SimpleConnection + Send> {
        self.try_connect().unwrap()
    }

    /// The same, unless the server refuses.
    pub fn try_connect(&self) -> Option<Box<dyn SimpleConnection + Send>> {
        use diesel::{Connection as _, MysqlConnection, PgConnection};
        match &self.server {
            Server::Postgres(_) => PgConnection::establish(&self.url()).ok().map(|own| Box::new(own) as _),
            Server::MariaDb(_) => MysqlConnection::establish(&self.url()).ok().map(|own| Box::new(own) as _),
        }
    }

    /// Where the server's data, its socket and its log are.
    pub fn folder(&self) -> PathBuf {
        ask!(self, server => server.server.folder().to_owned())
    }

    /// Ends the server in good order, with all that are connected.
    pub fn stop(&self) {
        ask!(self, server => server.server.stop());
    }

    /// Ends the server without a warning.
    pub fn kill(&self) {
        ask!(self, server => server.server.kill());
    }

    /// Starts the server once more, with the data that it has kept.
    pub fn start_again(&self) {
        ask!(self, server => server.server.start_again());
    }

    /// Lets the server neither answer nor go away, for as long as this is kept.
    pub fn pause(&self) -> Paused<'_> {
        ask!(self, server => server.server.pause());
        Paused(self)
    }
}

/// A server that does not answer. It goes on when this is dropped.
#[derive(Debug)]
#[must_use]
pub struct Paused<'d>(&'d Database);

impl Drop for Paused<'_> {
    fn drop(&mut self) {
        ask!(self.0, server => server.server.resume());
    }
}
