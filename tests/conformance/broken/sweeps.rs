//! Flaws in sweeps.

use lucia::adapter::{SessionAdapter, UserAdapter};
use lucia::{Result, UnixMillis, UserId};

use super::{Flaw, InMemory, found};

found! {
    a_sweep_of_keys_beyond_the_limit: BeyondTheLimit
        by "sweeps::no_more_expired_keys_are_deleted_than_the_limit_says" in "delete_expired_keys";
    a_sweep_of_sessions_beyond_the_limit: BeyondTheLimit
        by "sweeps::no_more_dead_sessions_are_deleted_than_the_limit_says" in "delete_dead_sessions";
    a_sweep_of_keys_that_are_good: TooEarly
        by "sweeps::expired_keys_are_deleted_and_no_others" in "delete_expired_keys";
    a_sweep_of_sessions_that_are_good: TooEarly
        by "sweeps::dead_sessions_are_deleted_and_no_others" in "delete_dead_sessions";
    a_sweep_of_sessions_that_are_in_use: TooEarly
        by "session_races::a_sweep_leaves_alone_who_is_signed_in" in "delete_dead_sessions";
    a_sweep_of_everybodys_keys: OfEverybody
        by "sweeps::expired_keys_of_one_user_are_deleted_and_nobody_elses" in "delete_expired_keys";
    a_sweep_of_everybodys_sessions: OfEverybody
        by "sweeps::dead_sessions_of_one_user_are_deleted_and_nobody_elses" in "delete_dead_sessions";
    a_sweep_that_tells_of_more_than_it_deletes: TellsOfMore
        by "key_races::an_expired_key_goes_once_by_use_or_by_sweep" in "delete_expired_keys";
    a_sweep_that_deletes_nothing: DeletesNothing
        by "sweeps::dead_sessions_are_deleted_and_no_others" in "delete_dead_sessions";
}

struct BeyondTheLimit;

impl Flaw for BeyondTheLimit {
    type Base = InMemory;

    async fn delete_expired_keys(
        base: &InMemory,
        of: Option<UserId>,
        now: UnixMillis,
        _: u32,
    ) -> Result<u32> {
        base.0.delete_expired_keys(of, now, u32::MAX).await
    }

    async fn delete_dead_sessions(
        base: &InMemory,
        of: Option<UserId>,
        now: UnixMillis,
        _: u32,
    ) -> Result<u32> {
        base.0.delete_dead_sessions(of, now, u32::MAX).await
    }
}

struct TooEarly;

fn later(now: UnixMillis) -> UnixMillis {
    UnixMillis::from_millis(now.as_millis() + 1)
}

impl Flaw for TooEarly {
    type Base = InMemory;

    async fn delete_expired_keys(
        base: &InMemory,
        of: Option<UserId>,
        now: UnixMillis,
        limit: u32,
    ) -> Result<u32> {
        base.0.delete_expired_keys(of, later(now), limit).await
    }

    async fn delete_dead_sessions(
        base: &InMemory,
        of: Option<UserId>,
        now: UnixMillis,
        limit: u32,
    ) -> Result<u32> {
        base.0.delete_dead_sessions(of, later(now), limit).await
    }
}

struct OfEverybody;

impl Flaw for OfEverybody {
    type Base = InMemory;

    async fn delete_expired_keys(
        base: &InMemory,
        _: Option<UserId>,
        now: UnixMillis,
        limit: u32,
    ) -> Result<u32> {
        base.0.delete_expired_keys(None, now, limit).await
    }

    async fn delete_dead_sessions(
        base: &InMemory,
        _: Option<UserId>,
        now: UnixMillis,
        limit: u32,
    ) -> Result<u32> {
        base.0.delete_dead_sessions(None, now, limit).await
    }
}

/// Tells of what it has found, whoever has deleted it meanwhile.
struct TellsOfMore;

impl Flaw for TellsOfMore {
    type Base = InMemory;

    async fn delete_expired_keys(
        base: &InMemory,
        of: Option<UserId>,
        now: UnixMillis,
        limit: u32,
    ) -> Result<u32> {
        let keys = base.0.keys_of(UserId::new("user-1").unwrap()).await?.unwrap_or_default();
        let late = keys.iter().filter(|key| key.expires.is_some_and(|expires| expires < now)).count();
        super::meanwhile().await;
        base.0.delete_expired_keys(of, now, limit).await?;
        Ok(u32::try_from(late).unwrap())
    }
}

struct DeletesNothing;

impl Flaw for DeletesNothing {
    type Base = InMemory;

    async fn delete_dead_sessions(_: &InMemory, _: Option<UserId>, _: UnixMillis, _: u32) -> Result<u32> {
        Ok(0)
    }
}
