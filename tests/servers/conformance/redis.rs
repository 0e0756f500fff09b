//! Users on SQLite, sessions in Redis.

use lucia::Split;
use lucia::conformance::Setup;
use lucia::diesel::{DieselAdapter, SqlitePool};
use lucia::redis::RedisSessions;
use lucia_server_tests::redis::Redis;

use crate::user::User;
use crate::{sqlite, users};

pub(crate) struct SessionsInRedis {
    users: lucia_tests::Database,
    sessions: Redis,
}

impl Setup for SessionsInRedis {
    type User = User;
    type Adapter = Split<DieselAdapter<User, SqlitePool>, RedisSessions>;
    const SESSIONS_EXPIRE: bool = true;

    async fn empty() -> Self {
        Self { users: sqlite(), sessions: Redis::start() }
    }

    async fn adapter(&self) -> Self::Adapter {
        Split {
            user: DieselAdapter::new(SqlitePool::open(self.users.path()).unwrap()),
            session: self.sessions.sessions().await,
        }
    }

    users!();
}

lucia::conformance!(sessions_in_redis: SessionsInRedis);
