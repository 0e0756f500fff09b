//! Sessions in another store than the users.

use std::error::Error;
#[cfg(not(feature = "redis"))]
use std::future::{Ready, ready};

use lucia::diesel::AnyPool;

/// Users there, and sessions in the Redis of this URL.
#[cfg(feature = "redis")]
pub async fn beside(
    users: AnyPool,
    url: &str,
) -> Result<lucia::Split<AnyPool, lucia::redis::RedisSessions>, Box<dyn Error>> {
    Ok(lucia::Split { user: users, session: lucia::redis::RedisSessions::connect(url).await? })
}

/// As built, there is nothing to keep them in.
#[cfg(not(feature = "redis"))]
pub fn beside(_: AnyPool, _: &str) -> Ready<Result<AnyPool, Box<dyn Error>>> {
    ready(Err("LUCIA_SESSIONS names a Redis; build the quickstart with `--features redis`".into()))
}
