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

/// A server with its databases that no test uses at the moment: the script after which each of them was there, and its name.
#[derive(Debug)]
struct Host<S> {
    server: S,
    emptied: Vec<(String, String)>,
}

impl<S> Host<S> {
    fn of(server: S) -> Arc<Mutex<Self>> {
        Arc::new(Mutex::new(Self { server, emptied: Vec::new() }))
    }

    fn take_emptied(&mut self, script: &str) -> Option<String> {
        let place = self.emptied.iter().position(|(other, _)| other == script)?;
        Some(self.emptied.swap_remove(place).1)
    }
}

/// A server that all tests which run at the same time share. It stops when none of them needs it any more.
struct Shared<S>(Mutex<Weak<Mutex<Host<S>>>>);

impl<S> Shared<S> {
    const fn new() -> Self {
        Self(Mutex::new(Weak::new()))
    }

    fn get(&self, start: impl FnOnce() -> S) -> Arc<Mutex<Host<S>>> {
        let mut shared = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shared.upgrade().unwrap_or_else(|| {
            let server = Host::of(start());
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
    Postgres(Arc<Mutex<Host<Postgres>>>),
    MariaDb(Arc<Mutex<Host<MariaDb>>>),
}

/// A database of its own, on a server that other tests use too.
#[derive(Debug)]
pub struct Database {
    server: Server,
    name: String,
    /// The script after which it is there, if another test may have it when this one is done.
    again: Option<String>,
}

/// The same for whichever server it is.
macro_rules! ask {
    ($server:expr, $host:ident => $answer:expr) => {
        match &$server {
            Server::Postgres(host) => {
                #[allow(unused_mut, reason = "some only look")]
                let mut $host = host.lock().unwrap();
                $answer
            }
            Server::MariaDb(host) => {
                #[allow(unused_mut, reason = "some only look")]
                let mut $host = host.lock().unwrap();
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
        Self::new(Server::Postgres(Host::of(Postgres::with(settings))))
            .with(&schema_sql_for(USER_SOURCE, Dialect::Postgres))
    }

    /// One of MariaDB, on a server of its own with these settings and the tables of [`User`](lucia_tests::User).
    pub fn alone_on_mariadb(settings: &[&str]) -> Self {
        Self::new(Server::MariaDb(Host::of(MariaDb::with(settings))))
            .with(&schema_sql_for(USER_SOURCE, Dialect::Mysql))
    }

    /// One of MariaDB, with nothing in it.
    pub fn empty_mariadb() -> Self {
        Self::new(Server::MariaDb(MARIADB.get(MariaDb::start)))
    }

    /// One of PostgreSQL after this script, which another test may have had before: to make one takes as long as most tests.
    pub fn emptied_postgres(script: &str) -> Self {
        Self::emptied(Server::Postgres(POSTGRES.get(Postgres::start)), script)
    }

    /// The same of MariaDB.
    pub fn emptied_mariadb(script: &str) -> Self {
        Self::emptied(Server::MariaDb(MARIADB.get(MariaDb::start)), script)
    }

    fn emptied(server: Server, script: &str) -> Self {
        let mut database = match ask!(server, host => host.take_emptied(script)) {
            Some(name) => Self { server, name, again: None },
            None if script.is_empty() => Self::new(server),
            None => Self::new(server).with(script),
        };
        database.again = Some(script.to_owned());
        database
    }

    fn new(server: Server) -> Self {
        let name = format!("test_{}", DATABASES.fetch_add(1, Relaxed));
        ask!(server, host => host.server.execute(&format!("CREATE DATABASE {name}")).unwrap());
        Self { server, name, again: None }
    }

    /// The same, after a script.
    #[must_use]
    pub fn with(self, sql: &str) -> Self {
        self.execute(sql);
        self
    }

    /// Where it is, for Diesel.
    pub fn url(&self) -> String {
        ask!(self.server, host => host.server.url_of(&self.name))
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
        ask!(self.server, host => host.server.server.folder().to_owned())
    }

    /// Ends the server in good order, with all that are connected.
    pub fn stop(&self) {
        ask!(self.server, host => host.server.server.stop());
    }

    /// Ends the server without a warning.
    pub fn kill(&self) {
        ask!(self.server, host => host.server.server.kill());
    }

    /// Starts the server once more, with the data that it has kept.
    pub fn start_again(&self) {
        ask!(self.server, host => host.server.server.start_again());
    }

    /// Lets the server neither answer nor go away, for as long as this is kept.
    pub fn pause(&self) -> Paused<'_> {
        ask!(self.server, host => host.server.server.pause());
        Paused(self)
    }

    /// Removes every row but those that say which migrations have run.
    fn empty(&self) {
        let tables = self.lines(&format!(
            "SELECT table_name AS line FROM information_schema.tables
             WHERE table_schema = '{}' AND table_name <> '__diesel_schema_migrations'",
            self.schema()
        ));
        match &self.server {
            Server::Postgres(_) => self.execute(&format!("TRUNCATE {}", tables.join(", "))),
            Server::MariaDb(_) => {
                let deletions: Vec<String> =
                    tables.iter().map(|table| format!("DELETE FROM {table}")).collect();
                self.execute(&format!("SET foreign_key_checks = 0; {}", deletions.join("; ")));
            }
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // What a test has left that failed is of no use to another.
        if let Some(script) = self.again.take().filter(|_| !std::thread::panicking()) {
            self.empty();
            let name = self.name.clone();
            ask!(self.server, host => host.emptied.push((script, name)));
        }
    }
}

/// A server that does not answer. It goes on when this is dropped.
#[derive(Debug)]
#[must_use]
pub struct Paused<'d>(&'d Database);

impl Drop for Paused<'_> {
    fn drop(&mut self) {
        ask!(self.0.server, host => host.server.server.resume());
    }
}
