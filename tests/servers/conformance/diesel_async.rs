//! Connections of `diesel-async`.

use diesel_async::pooled_connection::deadpool::Pool;
use diesel_async::{AsyncMysqlConnection, AsyncPgConnection};
use lucia::conformance::Setup;
use lucia::diesel::{AsyncPooled, DieselAdapter};
use lucia_server_tests::Database;

use crate::user::User;
use crate::{mariadb, postgres, users};

pub(crate) struct Postgres(Database);

impl Setup for Postgres {
    type User = User;
    type Adapter = DieselAdapter<User, AsyncPooled<Pool<AsyncPgConnection>>>;

    async fn empty() -> Self {
        Self(postgres())
    }

    async fn adapter(&self) -> Self::Adapter {
        DieselAdapter::new(AsyncPooled::postgres(&self.0.async_url()).await.unwrap())
    }

    users!();
}

pub(crate) struct MariaDb(Database);

impl Setup for MariaDb {
    type User = User;
    type Adapter = DieselAdapter<User, AsyncPooled<Pool<AsyncMysqlConnection>>>;

    async fn empty() -> Self {
        Self(mariadb())
    }

    async fn adapter(&self) -> Self::Adapter {
        DieselAdapter::new(AsyncPooled::mysql(&self.0.async_url()).await.unwrap())
    }

    users!();
}

lucia::conformance!(on_postgres: Postgres);
lucia::conformance!(on_mariadb: MariaDb);
