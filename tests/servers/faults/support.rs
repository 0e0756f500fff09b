//! The two servers and the two drivers, and what the tests do with each.

use std::io::Write as _;
use std::time::{Duration, Instant};

use diesel::r2d2::{ConnectionManager, Pool};
use diesel::{MysqlConnection, PgConnection};
use diesel_async::pooled_connection::{
    AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod, deadpool,
};
use diesel_async::{AsyncConnection, AsyncMysqlConnection, AsyncPgConnection};
use lucia::adapter::Store;
use lucia::diesel::{AsyncPooled, PoolConnection, Pooled};
use lucia::{Auth, Builder, Error, KeyId, NewKey, Password, Session, SessionToken};
use lucia_server_tests::Database;
use lucia_tests::{USERNAME, User, attributes, cheap_hasher};

/// A server and a driver.
#[derive(Clone, Copy, Debug)]
pub(crate) enum On {
    Postgres,
    AsyncPostgres,
    MariaDb,
    AsyncMariaDb,
}

/// One test for each server and driver.
macro_rules! on_each {
    ($($rule:ident),* $(,)?) => {
        mod on_postgres {
            $(#[test] fn $rule() { super::$rule(crate::support::On::Postgres); })*
        }
        mod on_postgres_by_diesel_async {
            $(#[test] fn $rule() { super::$rule(crate::support::On::AsyncPostgres); })*
        }
        mod on_mariadb {
            $(#[test] fn $rule() { super::$rule(crate::support::On::MariaDb); })*
        }
        mod on_mariadb_by_diesel_async {
            $(#[test] fn $rule() { super::$rule(crate::support::On::AsyncMariaDb); })*
        }
    };
}
pub(crate) use on_each;

impl On {
    /// Whichever of the two is for this server.
    pub(crate) const fn choose<T: Copy>(self, postgres: T, mariadb: T) -> T {
        match self {
            Self::Postgres | Self::AsyncPostgres => postgres,
            Self::MariaDb | Self::AsyncMariaDb => mariadb,
        }
    }

    /// A database on a server of its own: what MariaDB says about transactions is late when many ask.
    pub(crate) fn database(self) -> Database {
        self.database_with(&[], &[])
    }

    /// The same with these settings of PostgreSQL and of MariaDB.
    pub(crate) fn database_with(self, postgres: &[&str], mariadb: &[&str]) -> Database {
        match self {
            Self::Postgres | Self::AsyncPostgres => Database::alone_on_postgres(postgres),
            Self::MariaDb | Self::AsyncMariaDb => Database::alone_on_mariadb(mariadb),
        }
    }

    /// Where a database is, for this driver.
    pub(crate) fn url(self, database: &Database) -> String {
        match self {
            Self::Postgres | Self::MariaDb => database.url(),
            Self::AsyncPostgres | Self::AsyncMariaDb => database.async_url(),
        }
    }

    /// With the pool that the library opens, of ten connections.
    pub(crate) async fn open(self, url: &str) -> lucia::Result<Auth<User>> {
        match self {
            Self::Postgres => auth(Pooled::postgres(url)?),
            Self::AsyncPostgres => auth(AsyncPooled::postgres(url).await?),
            Self::MariaDb => auth(Pooled::mysql(url)?),
            Self::AsyncMariaDb => auth(AsyncPooled::mysql(url).await?),
        }
    }

    /// The same on a database, which is there.
    pub(crate) async fn auth(self, database: &Database) -> Auth<User> {
        self.open(&self.url(database)).await.unwrap()
    }

    /// With a pool of so many connections, as an app would make it.
    pub(crate) fn auth_of(self, connections: u32, url: String) -> Auth<User> {
        match self {
            Self::Postgres => auth(pool::<PgConnection>(connections, url)),
            Self::MariaDb => auth(pool::<MysqlConnection>(connections, url)),
            Self::AsyncPostgres => {
                let pool = deadpool::Pool::builder(manager::<AsyncPgConnection>(url));
                auth(AsyncPooled::new(pool.max_size(connections as usize).build().unwrap()))
            }
            Self::AsyncMariaDb => {
                let pool = deadpool::Pool::builder(manager::<AsyncMysqlConnection>(url));
                auth(AsyncPooled::new(pool.max_size(connections as usize).build().unwrap()))
            }
        }
        .unwrap()
    }

    /// The connections to the database, but for that of the question.
    pub(crate) fn connections(self, database: &Database) -> Vec<String> {
        database.lines(self.choose(
            "SELECT pid::text AS line FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
            "SELECT CAST(id AS CHAR) AS line FROM information_schema.processlist
             WHERE db = database() AND id <> connection_id()",
        ))
    }

    /// How many transactions are open in the database.
    pub(crate) fn transactions(self, database: &Database) -> usize {
        let sql = self.choose(
            "SELECT pid::text AS line FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL",
            "SELECT CAST(id AS CHAR) AS line FROM information_schema.processlist
             JOIN information_schema.innodb_trx ON trx_mysql_thread_id = id
             WHERE db = database() AND id <> connection_id()",
        );
        database.lines(sql).len()
    }

    /// The connections to the database that wait for somebody's lock.
    pub(crate) fn waiting(self, database: &Database) -> Vec<String> {
        database.lines(self.choose(
            "SELECT pid::text AS line FROM pg_stat_activity
             WHERE datname = current_database() AND wait_event_type = 'Lock'",
            "SELECT CAST(id AS CHAR) AS line FROM information_schema.processlist
             JOIN information_schema.innodb_trx ON trx_mysql_thread_id = id
             WHERE db = database() AND trx_state = 'LOCK WAIT'",
        ))
    }

    /// Ends connections from the server's side; some may have ended by themselves.
    pub(crate) fn end(self, connections: &[String], database: &Database) {
        let end = self.choose("SELECT pg_terminate_backend", "KILL ");
        let mut own = database.connect();
        for connection in connections {
            let _ = own.batch_execute(&format!("{end}({connection})"));
        }
    }

    /// Ends all that there are.
    pub(crate) fn end_all(self, database: &Database) {
        self.end(&self.connections(database), database);
    }
}

fn auth(store: impl Store<User>) -> lucia::Result<Auth<User>> {
    Builder::new(store).password_hasher(cheap_hasher()).development()
}

fn pool<C: PoolConnection>(connections: u32, url: String) -> Pooled<C> {
    let pool = Pool::builder().max_size(connections).test_on_check_out(false);
    Pooled::new(pool.build(ConnectionManager::new(url)).unwrap())
}

fn manager<C: AsyncConnection + 'static>(url: String) -> AsyncDieselConnectionManager<C> {
    let mut config = ManagerConfig::default();
    config.recycling_method = RecyclingMethod::Fast;
    AsyncDieselConnectionManager::new_with_config(url, config)
}

/// The name under which a user logs in.
pub(crate) fn key(name: &str) -> KeyId {
    USERNAME.id(name).unwrap()
}

pub(crate) fn password() -> Password {
    Password::from("correct horse")
}

pub(crate) async fn sign_up(auth: &Auth<User>, name: &str) -> lucia::Result<User> {
    auth.create_user(NewKey::password(key(name), "correct horse"), attributes(name)).await
}

/// Logs in somebody who is a user.
pub(crate) async fn log_in(auth: &Auth<User>, name: &str) -> SessionToken {
    token(&auth.log_in(&key(name), &password()).await.unwrap().unwrap())
}

/// The token, as a cookie brings it.
pub(crate) fn token(session: &Session) -> SessionToken {
    SessionToken::parse(session.token().unwrap().expose()).unwrap()
}

/// The names of those who have a key, and of those who are users.
pub(crate) fn names(database: &Database) -> (Vec<String>, Vec<String>) {
    let keys = database.lines("SELECT id AS line FROM auth_key ORDER BY id");
    let keys = keys.iter().map(|id| id.strip_prefix("username:").unwrap().to_owned()).collect();
    (keys, database.lines("SELECT username AS line FROM auth_user ORDER BY username"))
}

/// Nothing is known, so nobody is logged out, and nobody is told that something is taken.
pub(crate) fn assert_unavailable(error: &Error) {
    assert!(error.is_unavailable() && !error.is_invalid_session() && !error.is_taken(), "{error:?}");
}

/// Prints figures, which a test that passes would keep to itself.
pub(crate) fn say(figures: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{figures}").unwrap();
}

/// Waits for what has to come soon.
pub(crate) fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < Duration::from_secs(30), "{what} does not come");
        // MariaDB says what it said before to those who ask again within a tenth of a second.
        std::thread::sleep(Duration::from_millis(120));
    }
}
