//! A pool of `deadpool-diesel`, by as much code as an app would write.

use deadpool_diesel::postgres::{Manager, Pool, Runtime};
use diesel::{Connection, PgConnection};
use lucia::conformance::Setup;
use lucia::diesel::{Blocking, Connect, DieselAdapter, Work};
use lucia::{Error, Result};
use lucia_server_tests::Database;

use crate::user::User;
use crate::{postgres, users};

#[derive(Clone)]
pub(crate) struct Deadpool(Pool);

impl Deadpool {
    async fn with<T: Send + 'static>(
        &self,
        body: impl FnOnce(&mut PgConnection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let connection = self.0.get().await.map_err(Error::unavailable)?;
        connection.interact(body).await.map_err(|error| Error::unavailable(error.to_string()))?
    }
}

impl Connect for Deadpool {
    type Driver = Blocking<PgConnection>;

    async fn read<I, T>(&self, work: Work<PgConnection, I, T>) -> Result<T>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
    {
        self.with(move |connection| work.start(connection).now()).await
    }

    async fn statement<I, T>(&self, work: Work<PgConnection, I, T>) -> Result<T>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
    {
        self.with(move |connection| work.start(connection).now()).await
    }

    async fn write<I, T>(&self, work: Work<PgConnection, I, T>) -> Result<T>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
    {
        self.with(move |connection| connection.transaction(|connection| work.start(connection).now())).await
    }
}

pub(crate) struct Postgres(Database);

impl Setup for Postgres {
    type User = User;
    type Adapter = DieselAdapter<User, Deadpool>;

    async fn empty() -> Self {
        Self(postgres())
    }

    async fn adapter(&self) -> Self::Adapter {
        let manager = Manager::new(self.0.url(), Runtime::Tokio1);
        DieselAdapter::new(Deadpool(Pool::builder(manager).max_size(8).build().unwrap()))
    }

    users!();
}

lucia::conformance!(on_postgres: Postgres);
