//! Each method of the contract, on one server.

use lucia::adapter::{Renewal, Renewed, SessionAdapter};
use lucia::redis::RedisSessions;
use lucia::{StoredSession, UnixMillis};
use lucia_tests::block_on;

use crate::support::{BEGUN, DAY, at, ids, renewal, renewed, session, user};
use lucia_server_tests::redis::Redis;

/// Runs a test on a server of its own.
fn on_redis(test: impl AsyncFnOnce(RedisSessions)) {
    let server = Redis::start();
    block_on(async { test(server.sessions().await).await });
}

async fn find(sessions: &RedisSessions, id: &str) -> Option<StoredSession> {
    sessions.find_session(id.to_owned()).await.unwrap()
}

async fn list(sessions: &RedisSessions, user_id: &str) -> Vec<StoredSession> {
    sessions.sessions_of(user(user_id)).await.unwrap()
}

async fn create(sessions: &RedisSessions, session: &StoredSession) {
    sessions.create_session(session.clone()).await.unwrap();
}

async fn renew(sessions: &RedisSessions, renewal: Renewal) -> Renewed {
    sessions.renew_session(renewal).await.unwrap()
}

#[test]
fn what_was_stored_is_found_and_listed_in_order_of_the_ids() {
    on_redis(async |sessions| {
        let plain = StoredSession { created_at: None, absolute_expires: None, ..session("b", "ada") };
        let child = renewed(&plain, "a");
        for session in [&plain, &child, &session("c", "ada"), &session("d", "bob")] {
            create(&sessions, session).await;
            assert_eq!(find(&sessions, &session.id).await.as_ref(), Some(session));
        }
        assert_eq!(list(&sessions, "ada").await, [child, plain, session("c", "ada")]);
        assert_eq!(list(&sessions, "bob").await, [session("d", "bob")]);
        assert!(list(&sessions, "nobody").await.is_empty());
        assert_eq!(find(&sessions, "x").await, None);
    });
}

#[test]
fn a_taken_id_is_an_error_and_leaves_the_first_session_as_it_is() {
    on_redis(async |sessions| {
        create(&sessions, &session("a", "ada")).await;
        for user_id in ["ada", "bob"] {
            let other = StoredSession { created_at: Some(at(BEGUN + 1)), ..session("a", user_id) };
            let error = sessions.create_session(other).await.unwrap_err();
            assert!(!error.is_unavailable(), "{error:?}");
        }
        assert_eq!(find(&sessions, "a").await, Some(session("a", "ada")));
        assert!(list(&sessions, "bob").await.is_empty());
    });
}

#[test]
fn two_sessions_cannot_be_renewed_from_the_same_one() {
    on_redis(async |sessions| {
        let old = session("old", "ada");
        create(&sessions, &renewed(&old, "a")).await;
        sessions.create_session(renewed(&old, "b")).await.unwrap_err();
        assert_eq!(find(&sessions, "b").await, None);
        // The id is free.
        create(&sessions, &session("b", "ada")).await;
    });
}

#[test]
fn a_dead_session_is_found_and_listed_until_it_is_deleted() {
    on_redis(async |sessions| {
        let dead = StoredSession { active_expires: at(1), idle_expires: at(2), ..session("a", "ada") };
        create(&sessions, &dead).await;
        create(&sessions, &session("b", "ada")).await;
        assert_eq!(find(&sessions, "a").await, Some(dead.clone()));
        assert_eq!(ids(&list(&sessions, "ada").await), ["a", "b"]);
    });
}

#[test]
fn a_renewal_puts_a_new_session_beside_the_old_one_once() {
    on_redis(async |sessions| {
        let old = session("old", "ada");
        create(&sessions, &old).await;
        assert_eq!(renew(&sessions, renewal(&old, "new")).await, Renewed::Now);
        assert_eq!(renew(&sessions, renewal(&old, "newer")).await, Renewed::Before);
        assert_eq!(list(&sessions, "ada").await, [renewed(&old, "new"), old]);
        assert_eq!(find(&sessions, "newer").await, None);
    });
}

#[test]
fn a_session_that_is_dead_gone_or_somebody_elses_is_not_renewed() {
    on_redis(async |sessions| {
        let old = session("old", "ada");
        assert_eq!(renew(&sessions, renewal(&old, "new")).await, Renewed::Gone);
        create(&sessions, &old).await;
        let last = old.idle_expires;
        let late = at(last.as_millis() + 1);
        assert_eq!(renew(&sessions, Renewal { now: late, ..renewal(&old, "new") }).await, Renewed::Gone);
        let of_bob = StoredSession { user_id: user("bob"), ..renewed(&old, "new") };
        assert_eq!(renew(&sessions, Renewal { new: of_bob, ..renewal(&old, "new") }).await, Renewed::Gone);
        assert_eq!(find(&sessions, "new").await, None);
        // An instant equal to an expiry still counts as before it.
        assert_eq!(renew(&sessions, Renewal { now: last, ..renewal(&old, "new") }).await, Renewed::Now);
    });
}

#[test]
fn a_renewal_under_a_taken_id_is_an_error_and_changes_nothing() {
    on_redis(async |sessions| {
        let old = session("old", "ada");
        create(&sessions, &old).await;
        create(&sessions, &session("taken", "bob")).await;
        sessions.renew_session(renewal(&old, "taken")).await.unwrap_err();
        assert_eq!(list(&sessions, "ada").await, [old]);
        assert_eq!(find(&sessions, "taken").await, Some(session("taken", "bob")));
    });
}

#[test]
fn a_renewal_that_was_lost_is_replaced_and_one_that_was_presented_is_not() {
    on_redis(async |sessions| {
        let old = session("old", "ada");
        create(&sessions, &old).await;
        renew(&sessions, renewal(&old, "first")).await;
        let lost_at = |millis| Renewal { lost_before: at(millis), ..renewal(&old, "second") };
        let first = renewed(&old, "first").active_expires.as_millis();
        assert_eq!(renew(&sessions, lost_at(first)).await, Renewed::Before, "equal is not before");
        assert_eq!(renew(&sessions, lost_at(first + 1)).await, Renewed::Now);
        assert_eq!(find(&sessions, "first").await, None);
        assert_eq!(list(&sessions, "ada").await, [old.clone(), renewed(&old, "second")]);
        let now = at(BEGUN + 2 * DAY);
        sessions.present_session("second".into(), user("ada"), now, at(BEGUN + 14 * DAY)).await.unwrap();
        let late = Renewal { lost_before: at(i64::MAX), ..renewal(&old, "third") };
        assert_eq!(renew(&sessions, late).await, Renewed::Before);
    });
}

async fn present(sessions: &RedisSessions, id: &str, now: i64) {
    let ends = at(now + 60_000);
    sessions.present_session(id.to_owned(), user("ada"), at(now), ends).await.unwrap();
}

#[test]
fn a_session_is_presented_once_takes_over_when_it_began_and_lets_the_old_one_end() {
    on_redis(async |sessions| {
        let old = session("old", "ada");
        create(&sessions, &old).await;
        renew(&sessions, renewal(&old, "new")).await;
        let now = BEGUN + 2 * DAY;
        for later in [now, now + 1_000] {
            present(&sessions, "new", later).await;
            let new = StoredSession { created_at: Some(at(BEGUN)), ..renewed(&old, "new") };
            let ended = StoredSession { idle_expires: at(now + 60_000), ..old.clone() };
            assert_eq!(list(&sessions, "ada").await, [new, ended]);
        }
        // Not even to end the old one sooner.
        present(&sessions, "new", BEGUN).await;
        assert_eq!(find(&sessions, "old").await.unwrap().idle_expires, at(now + 60_000));
        present(&sessions, "unknown", now).await;
        assert_eq!(list(&sessions, "ada").await.len(), 2);
    });
}

#[test]
fn without_an_old_session_a_presented_one_begins_now_and_a_sooner_end_is_left_alone() {
    on_redis(async |sessions| {
        let old = session("gone", "ada");
        create(&sessions, &renewed(&old, "a")).await;
        present(&sessions, "a", BEGUN).await;
        assert_eq!(find(&sessions, "a").await.unwrap().created_at, Some(at(BEGUN)));
        let soon = StoredSession { idle_expires: at(BEGUN), ..session("old", "ada") };
        create(&sessions, &soon).await;
        create(&sessions, &renewed(&soon, "b")).await;
        present(&sessions, "b", BEGUN).await;
        assert_eq!(find(&sessions, "old").await, Some(soon));
    });
}

/// `a` was renewed to `b`, and that to `c`; `d` is another session.
async fn a_family(sessions: &RedisSessions) {
    let [a, d] = ["a", "d"].map(|id| session(id, "ada"));
    let b = renewed(&a, "b");
    for session in [&a, &b, &renewed(&b, "c"), &d, &session("e", "bob")] {
        create(sessions, session).await;
    }
}

#[test]
fn a_family_ends_together_by_any_of_its_ids() {
    for id in ["a", "b", "c"] {
        on_redis(async |sessions| {
            a_family(&sessions).await;
            for _ in 0..2 {
                sessions.delete_session(id.to_owned()).await.unwrap();
                assert_eq!(ids(&list(&sessions, "ada").await), ["d"]);
            }
            for gone in ["a", "b", "c"] {
                assert_eq!(find(&sessions, gone).await, None);
            }
            assert!(find(&sessions, "e").await.is_some());
        });
    }
}

#[test]
fn all_sessions_of_a_user_end_but_the_family_that_is_kept() {
    for (keep, left) in [
        (None, vec![]),
        (Some("a"), vec!["a", "b", "c"]),
        (Some("c"), vec!["a", "b", "c"]),
        (Some("d"), vec!["d"]),
        (Some("e"), vec![]),
        (Some("unknown"), vec![]),
    ] {
        on_redis(async |sessions| {
            a_family(&sessions).await;
            for _ in 0..2 {
                sessions.delete_sessions_of(user("ada"), keep.map(str::to_owned)).await.unwrap();
                assert_eq!(ids(&list(&sessions, "ada").await), left);
            }
            for id in ["a", "b", "c", "d"] {
                assert_eq!(find(&sessions, id).await.is_some(), left.contains(&id));
            }
            assert!(find(&sessions, "e").await.is_some(), "somebody else's");
        });
    }
}

#[test]
fn the_sweep_deletes_what_died_before_now_and_no_more_than_it_may() {
    on_redis(async |sessions| {
        let dies =
            |id: &str, user_id: &str, idle| StoredSession { idle_expires: at(idle), ..session(id, user_id) };
        for n in 0..5 {
            create(&sessions, &dies(&format!("ada-{n}"), "ada", 1_000 + n)).await;
            create(&sessions, &dies(&format!("bob-{n}"), "bob", 1_000)).await;
        }
        let sweep = async |user_id: Option<&str>, limit| {
            let user_id = user_id.map(user);
            sessions.delete_dead_sessions(user_id, UnixMillis::from_millis(1_003), limit).await.unwrap()
        };
        assert_eq!(sweep(Some("ada"), 2).await, 2);
        assert_eq!(sweep(Some("ada"), 100).await, 1);
        assert_eq!(ids(&list(&sessions, "ada").await), ["ada-3", "ada-4"], "equal is not before");
        assert_eq!(sweep(Some("nobody"), 100).await, 0);
        assert_eq!(sweep(None, 0).await, 0);
        assert_eq!(sweep(None, 3).await, 3);
        assert_eq!(sweep(None, 100).await, 2);
        assert_eq!(list(&sessions, "bob").await, []);
        assert_eq!(find(&sessions, "bob-0").await, None);
    });
}

#[test]
fn the_sweep_of_everybody_reaches_everybody() {
    on_redis(async |sessions| {
        for n in 0..3_000 {
            let dead = StoredSession { idle_expires: at(1), ..session(&n.to_string(), &format!("user-{n}")) };
            create(&sessions, &dead).await;
        }
        let mut removed = 0;
        loop {
            let batch = sessions.delete_dead_sessions(None, at(2), 500).await.unwrap();
            removed += batch;
            if batch < 500 {
                break;
            }
        }
        assert_eq!(removed, 3_000);
    });
}

#[test]
fn two_prefixes_are_two_stores() {
    let server = Redis::start();
    block_on(async {
        let shop = server.sessions().await.prefix("shop").unwrap();
        let staff = server.sessions().await.prefix("staff").unwrap();
        create(&shop, &session("a", "ada")).await;
        create(&staff, &session("a", "ada")).await;
        shop.delete_sessions_of(user("ada"), None).await.unwrap();
        assert_eq!(find(&shop, "a").await, None);
        assert_eq!(staff.delete_dead_sessions(None, at(0), 10).await.unwrap(), 0);
        assert_eq!(find(&staff, "a").await, Some(session("a", "ada")));
        assert!(shop.prefix("no:colon").unwrap_err().is_config());
    });
}
