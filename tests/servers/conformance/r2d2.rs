//! Diesel's own connections.

use diesel::{MysqlConnection, PgConnection};
use lucia::conformance::Setup;
use lucia::diesel::{DieselAdapter, Pooled};
use lucia_server_tests::Database;

use crate::user::User;
use crate::{mariadb, postgres, users};

pub(crate) struct Postgres(Database);

impl Setup for Postgres {
    type User = User;
    type Adapter = DieselAdapter<User, Pooled<PgConnection>>;

    async fn empty() -> Self {
        Self(postgres())
    }

    async fn adapter(&self) -> Self::Adapter {
        DieselAdapter::new(Pooled::postgres(&self.0.url()).unwrap())
    }

    users!();
}

pub(crate) struct MariaDb(Database);

impl Setup for MariaDb {
    type User = User;
    type Adapter = DieselAdapter<User, Pooled<MysqlConnection>>;

    async fn empty() -> Self {
        Self(mariadb())
    }

    async fn adapter(&self) -> Self::Adapter {
        DieselAdapter::new(Pooled::mysql(&self.0.url()).unwrap())
    }

    users!();
}

lucia::conformance!(on_postgres: Postgres);
lucia::conformance!(on_mariadb: MariaDb);
