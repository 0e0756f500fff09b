//! Transactions of other isolation levels than the usual one: stricter ones, in which the server undoes what is in each other's way,
//! and on MariaDB the one of other databases.

use diesel::connection::SimpleConnection;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Error, Pool};
use diesel::{MysqlConnection, PgConnection};
use lucia::conformance::Setup;
use lucia::diesel::{DieselAdapter, Pooled};
use lucia_server_tests::Database;

use crate::user::User;
use crate::{mariadb, postgres, users};

/// What each connection begins with.
#[derive(Debug)]
struct Level(&'static str);

impl<C: SimpleConnection + 'static> CustomizeConnection<C, Error> for Level {
    fn on_acquire(&self, connection: &mut C) -> Result<(), Error> {
        connection.batch_execute(self.0).map_err(Error::QueryError)
    }
}

/// A setup whose pool the app has made, with such connections.
macro_rules! level {
    ($name:ident: $connection:ty, $database:path, $level:literal) => {
        pub(crate) struct $name(Database);

        impl Setup for $name {
            type User = User;
            type Adapter = DieselAdapter<User, Pooled<$connection>>;

            async fn empty() -> Self {
                Self($database())
            }

            async fn adapter(&self) -> Self::Adapter {
                let pool = Pool::builder()
                    .max_size(8)
                    .min_idle(Some(0))
                    .connection_customizer(Box::new(Level($level)));
                DieselAdapter::new(Pooled::new(pool.build(ConnectionManager::new(self.0.url())).unwrap()))
            }

            users!();
        }
    };
}

level!(PostgresRepeatable: PgConnection, postgres, "SET default_transaction_isolation = 'repeatable read'");
level!(PostgresSerializable: PgConnection, postgres, "SET default_transaction_isolation = 'serializable'");
level!(MariaDbCommitted: MysqlConnection, mariadb, "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
level!(MariaDbSerializable: MysqlConnection, mariadb, "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE");

lucia::conformance!(on_postgres_with_repeatable_reads: PostgresRepeatable);
lucia::conformance!(on_serializable_postgres: PostgresSerializable);
lucia::conformance!(on_mariadb_with_committed_reads: MariaDbCommitted);
lucia::conformance!(on_serializable_mariadb: MariaDbSerializable);
