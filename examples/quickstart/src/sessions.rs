//! Sessions in another store than the users.

use std::error::Error;

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
pub async fn beside(_: AnyPool, _: &str) -> Result<AnyPool, Box<dyn Error>> {
    Err("LUCIA_SESSIONS names a Redis; build the quickstart with `--features redis`".into())
}
