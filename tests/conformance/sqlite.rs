//! The adapter on Diesel, with two pools on one file of SQLite.

use lucia::conformance::Setup;
use lucia::diesel::{DieselAdapter, SqlitePool};
use lucia::{LuciaUser, UserId};
use lucia_tests::{Database, schema_sql};

use crate::user::{self, SOURCE, User};

pub(crate) struct Sqlite(Database);

impl Setup for Sqlite {
    type User = User;
    type Adapter = DieselAdapter<User, SqlitePool>;

    async fn empty() -> Self {
        Self(Database::with_schema(&schema_sql(SOURCE)))
    }

    async fn adapter(&self) -> DieselAdapter<User, SqlitePool> {
        DieselAdapter::new(SqlitePool::open(self.0.path()).unwrap())
    }

    fn user(id: UserId, n: u32) -> User {
        user::user(id, n)
    }

    fn changes(n: u32) -> <User as LuciaUser>::Changes {
        user::changes(n)
    }
}

lucia::conformance!(rules: Sqlite);
