//! Transactions of other isolation levels than the usual one: stricter ones, in which the server undoes what is in each other's
//! way, and on MariaDB the one of other databases. For sessions that have a database of their own, the rules that are about
//! sessions.

use diesel::connection::SimpleConnection;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Error, Pool};
use diesel::{MysqlConnection, PgConnection};
use lucia::Split;
use lucia::conformance::{Setup, rules};
use lucia::diesel::{DieselAdapter, DieselSessions, PoolConnection, Pooled, SqlitePool};
use lucia_server_tests::Database;

use crate::apart::{migrated, sessions_on};
use crate::user::User;
use crate::{mariadb, postgres, sqlite, users};

/// What each connection begins with.
#[derive(Debug)]
struct Level(&'static str);

impl<C: SimpleConnection + 'static> CustomizeConnection<C, Error> for Level {
    fn on_acquire(&self, connection: &mut C) -> Result<(), Error> {
        connection.batch_execute(self.0).map_err(Error::QueryError)
    }
}

const REPEATABLE: &str = "SET default_transaction_isolation = 'repeatable read'";
const SERIALIZABLE: &str = "SET default_transaction_isolation = 'serializable'";
const MARIADB_COMMITTED: &str = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";
const MARIADB_SERIALIZABLE: &str = "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE";

/// A pool that the app has made, with such connections.
fn pool<C: PoolConnection>(url: String, level: &'static str) -> Pooled<C> {
    let pool = Pool::builder().max_size(8).min_idle(Some(0)).connection_customizer(Box::new(Level(level)));
    Pooled::new(pool.build(ConnectionManager::new(url)).unwrap())
}

macro_rules! level {
    ($name:ident: $connection:ty, $database:path, $level:ident) => {
        pub(crate) struct $name(Database);

        impl Setup for $name {
            type User = User;
            type Adapter = DieselAdapter<User, Pooled<$connection>>;

            async fn empty() -> Self {
                Self($database())
            }

            async fn adapter(&self) -> Self::Adapter {
                DieselAdapter::new(pool(self.0.url(), $level))
            }

            users!();
        }
    };
}

level!(PostgresRepeatable: PgConnection, postgres, REPEATABLE);
level!(PostgresSerializable: PgConnection, postgres, SERIALIZABLE);
level!(MariaDbCommitted: MysqlConnection, mariadb, MARIADB_COMMITTED);
level!(MariaDbSerializable: MysqlConnection, mariadb, MARIADB_SERIALIZABLE);

lucia::conformance!(on_postgres_with_repeatable_reads: PostgresRepeatable);
lucia::conformance!(on_serializable_postgres: PostgresSerializable);
lucia::conformance!(on_mariadb_with_committed_reads: MariaDbCommitted);
lucia::conformance!(on_serializable_mariadb: MariaDbSerializable);

/// A test of the rules about sessions, for sessions in a database of their own.
macro_rules! sessions_at_level {
    ($test:ident: $name:ident, $connection:ty, $database:ident, $level:ident) => {
        sessions_on!($name: Pooled<$connection>, $database, |server| migrated(pool(server.url(), $level)));

        #[test]
        fn $test() {
            const ABOUT_SESSIONS: [&str; 5] =
                ["sessions::", "renewal::", "cross::", "session_races::", "cross_races::"];
            let rules = rules::<$name>();
            let broken: Vec<_> = rules
                .iter()
                .filter(|rule| ABOUT_SESSIONS.iter().any(|group| rule.name.starts_with(group)))
                .filter_map(|rule| rule.run().err().map(|failure| (rule.name, failure)))
                .collect();
            assert!(broken.is_empty(), "{broken:#?}");
        }
    };
}

sessions_at_level!(sessions_on_postgres_with_repeatable_reads:
    SessionsRepeatable, PgConnection, emptied_postgres, REPEATABLE);
sessions_at_level!(sessions_on_serializable_postgres:
    SessionsSerializable, PgConnection, emptied_postgres, SERIALIZABLE);
sessions_at_level!(sessions_on_mariadb_with_committed_reads:
    SessionsMariaDbCommitted, MysqlConnection, emptied_mariadb, MARIADB_COMMITTED);
sessions_at_level!(sessions_on_serializable_mariadb:
    SessionsMariaDbSerializable, MysqlConnection, emptied_mariadb, MARIADB_SERIALIZABLE);
