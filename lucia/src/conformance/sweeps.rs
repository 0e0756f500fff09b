//! Sweeps: what is over goes, so many rows at most, and nothing else.

use super::Outcome;
use super::case::Case;
use super::failure::{call, ensure};
use super::samples::{NOW, at, dead, key, primary, session, single_use, user_id};
use crate::LuciaUser;
use crate::adapter::{SessionAdapter, UserAdapter};
use crate::{StoredKey, StoredSession, UnixMillis, UserId};

pub(super) async fn expired_keys_are_deleted_and_no_others<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let own = primary("username:ada", &user_id(1));
    let ada = case.user_with(1, &own).await?;
    let late = [at(-1), UnixMillis::EPOCH, UnixMillis::from_millis(i64::MIN)];
    for (n, expires) in late.into_iter().enumerate() {
        case.create_key(&single_use(&format!("link:late-{n}"), &ada, expires)).await?;
    }
    let kept = [
        own,
        key("email:ada", &ada),
        single_use("link:now", &ada, NOW),
        single_use("link:good", &ada, at(1)),
    ];
    for key in kept.iter().skip(1) {
        case.create_key(key).await?;
    }
    let removed = call!(a.delete_expired_keys(None, NOW, 100));
    ensure!(removed == 3, "delete_expired_keys: should tell of 3, not {removed}");
    for key in &kept {
        case.expect_key("delete_expired_keys", key).await?;
    }
    let keys = call!(a.keys_of(ada)).unwrap_or_default().len();
    ensure!(keys == kept.len(), "delete_expired_keys: should leave {} keys, not {keys}", kept.len());
    let again = call!(a.delete_expired_keys(None, NOW, 100));
    ensure!(again == 0, "delete_expired_keys: the second time should tell of 0, not {again}");
    Ok(())
}

pub(super) async fn expired_keys_of_one_user_are_deleted_and_nobody_elses<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let a = &case.adapter;
    let (ada, bob) = (case.user(1).await?, case.user(2).await?);
    let bobs = single_use("link:bob", &bob, at(-1));
    case.create_key(&bobs).await?;
    case.create_key(&single_use("link:ada", &ada, at(-1))).await?;
    let removed = call!(a.delete_expired_keys(Some(ada), NOW, 100));
    ensure!(removed == 1, "delete_expired_keys: should tell of the user's one, not of {removed}");
    case.expect_no_key("delete_expired_keys", "link:ada").await?;
    case.expect_key("delete_expired_keys", &bobs).await?;
    let removed = call!(a.delete_expired_keys(Some(user_id(3)), NOW, 100));
    ensure!(removed == 0, "delete_expired_keys: an unknown user has none, not {removed}");
    Ok(())
}

pub(super) async fn no_more_expired_keys_are_deleted_than_the_limit_says<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let a = &case.adapter;
    let ada = case.user(1).await?;
    let keys: Vec<StoredKey> = (0..5).map(|n| single_use(&format!("link:{n}"), &ada, at(-1))).collect();
    for key in &keys {
        case.create_key(key).await?;
    }
    let mut left = 5;
    for (limit, of) in [(0, None), (2, None), (1, Some(&ada)), (7, None), (7, None)] {
        let removed = call!(a.delete_expired_keys(of.cloned(), NOW, limit));
        let expected = limit.min(left);
        ensure!(
            removed == expected,
            "delete_expired_keys: at most {limit} of {left} are {expected}, not {removed}"
        );
        left -= expected;
        let found = call!(a.keys_of(ada.clone())).unwrap_or_default().len();
        ensure!(found == left as usize, "delete_expired_keys: should leave {left}, not {found}");
    }
    Ok(())
}

/// What a sweep of sessions tells and leaves. Where sessions go by themselves it may tell of none.
async fn sweep_sessions<U: LuciaUser>(
    case: &Case<U>,
    of: Option<&UserId>,
    limit: u32,
    dead: &[StoredSession],
) -> Result<u32, super::Failure> {
    let a = &case.adapter;
    let removed = call!(a.delete_dead_sessions(of.cloned(), NOW, limit));
    let expected = limit.min(u32::try_from(dead.len()).unwrap_or(limit));
    let is_left_to_the_store = case.sessions_expire && removed < expected;
    ensure!(
        removed == expected || is_left_to_the_store,
        "delete_dead_sessions: at most {limit} of {} are {expected}, not {removed}",
        dead.len()
    );
    Ok(removed)
}

pub(super) async fn dead_sessions_are_deleted_and_no_others<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let ada = case.user(1).await?;
    let kept = [
        StoredSession { active_expires: at(-5), idle_expires: NOW, ..session(1, &ada) },
        StoredSession { active_expires: at(-5), idle_expires: at(1), ..session(2, &ada) },
        session(3, &ada),
    ];
    let over = [dead(4, &ada), StoredSession { active_expires: at(5), ..dead(5, &ada) }];
    for session in kept.iter().chain(&over) {
        case.create_session(session).await?;
    }
    let removed = sweep_sessions(case, None, 100, &over).await?;
    for session in &kept {
        case.expect_session("delete_dead_sessions", session).await?;
    }
    let left = case.sessions(&ada).await?.len();
    let expected = kept.len() + over.len() - removed as usize;
    ensure!(left == expected, "delete_dead_sessions: told of {removed} and left {left}, not {expected}");
    Ok(())
}

pub(super) async fn dead_sessions_of_one_user_are_deleted_and_nobody_elses<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let (ada, bob) = (case.user(1).await?, case.user(2).await?);
    let (adas, bobs) = (dead(1, &ada), dead(2, &bob));
    case.create_session(&adas).await?;
    case.create_session(&bobs).await?;
    let removed = sweep_sessions(case, Some(&ada), 100, std::slice::from_ref(&adas)).await?;
    let left = case.sessions(&ada).await?.len();
    ensure!(left + removed as usize == 1, "delete_dead_sessions: told of {removed} and left {left}");
    case.expect_session("delete_dead_sessions", &bobs).await?;
    sweep_sessions(case, Some(&user_id(3)), 100, &[]).await.map(drop)
}

pub(super) async fn no_more_dead_sessions_are_deleted_than_the_limit_says<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let ada = case.user(1).await?;
    for n in 0..5 {
        case.create_session(&dead(n, &ada)).await?;
    }
    for (limit, of) in [(0, None), (2, None), (1, Some(&ada)), (7, None), (7, None)] {
        let before = case.sessions(&ada).await?;
        let removed = sweep_sessions(case, of, limit, &before).await?;
        let left = case.sessions(&ada).await?.len();
        ensure!(
            left + removed as usize == before.len(),
            "delete_dead_sessions: told of {removed} of {} and left {left}",
            before.len()
        );
    }
    Ok(())
}
