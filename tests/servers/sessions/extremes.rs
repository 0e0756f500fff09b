//! Ids of any characters, and instants that no `f64` can hold.

use lucia::StoredSession;
use lucia::adapter::{Renewal, Renewed, SessionAdapter};
use lucia_tests::block_on;

use crate::support::{at, ids, renewal, renewed, session, user};
use lucia_server_tests::redis::Redis;

/// Beyond 2^53 a number of Lua's is the same as the next one.
const EXTREMES: [i64; 11] = [
    i64::MIN,
    i64::MIN + 1,
    -9_007_199_254_740_993,
    -10,
    -9,
    0,
    9,
    10,
    9_007_199_254_740_993,
    i64::MAX - 1,
    i64::MAX,
];

#[test]
fn every_instant_is_kept_as_it_is() {
    let server = Redis::start();
    block_on(async {
        let sessions = server.sessions().await;
        for (n, millis) in EXTREMES.into_iter().enumerate() {
            let odd = StoredSession {
                active_expires: at(millis),
                idle_expires: at(millis),
                created_at: Some(at(millis)),
                absolute_expires: Some(at(millis)),
                ..session(&n.to_string(), "ada")
            };
            sessions.create_session(odd.clone()).await.unwrap();
            assert_eq!(sessions.find_session(odd.id.clone()).await.unwrap(), Some(odd));
        }
    });
}

#[test]
fn instants_are_compared_exactly_when_a_session_is_renewed_presented_or_swept() {
    let server = Redis::start();
    block_on(async {
        let sessions = server.sessions().await;
        for (n, idle) in EXTREMES.into_iter().enumerate() {
            for (m, now) in EXTREMES.into_iter().enumerate() {
                let user_id = format!("user-{n}-{m}");
                let old =
                    StoredSession { idle_expires: at(idle), ..session(&format!("{user_id}-old"), &user_id) };
                sessions.create_session(old.clone()).await.unwrap();
                let new = format!("{user_id}-new");
                let renewed =
                    sessions.renew_session(Renewal { now: at(now), ..renewal(&old, &new) }).await.unwrap();
                assert_eq!(renewed == Renewed::Now, now <= idle, "{now} {idle}");
                if renewed == Renewed::Now {
                    sessions.present_session(new.clone(), user(&user_id), at(now), at(now)).await.unwrap();
                    let old = sessions.find_session(old.id.clone()).await.unwrap().unwrap();
                    assert_eq!(old.idle_expires, at(now.min(idle)), "{now} {idle}");
                    sessions.delete_session(new).await.unwrap();
                    sessions.create_session(StoredSession { idle_expires: at(idle), ..old }).await.unwrap();
                }
                let removed = sessions.delete_dead_sessions(Some(user(&user_id)), at(now), 1).await.unwrap();
                assert_eq!(removed == 1, idle < now, "{now} {idle}");
            }
        }
    });
}

#[test]
fn a_renewal_is_lost_exactly_when_its_active_period_ends_before_the_instant_that_is_asked_for() {
    let server = Redis::start();
    block_on(async {
        let sessions = server.sessions().await;
        for (n, active) in EXTREMES.into_iter().enumerate() {
            for (m, before) in EXTREMES.into_iter().enumerate() {
                let old = session(&format!("old-{n}-{m}"), &format!("user-{n}-{m}"));
                sessions.create_session(old.clone()).await.unwrap();
                let first = format!("first-{n}-{m}");
                let first = StoredSession { active_expires: at(active), ..renewed(&old, &first) };
                sessions.create_session(first).await.unwrap();
                let second = Renewal { lost_before: at(before), ..renewal(&old, &format!("second-{n}-{m}")) };
                let outcome = sessions.renew_session(second).await.unwrap();
                assert_eq!(outcome == Renewed::Now, active < before, "{active} {before}");
            }
        }
    });
}

#[test]
fn ids_of_any_characters_are_each_apart() {
    const ODD: [&str; 14] =
        ["ada", "Ada", "ada}", "{ada}", "{", "}", ":", "ada:sessions", "%7D", "*", "[a]", "?", "\\", "a\"'b"];
    let server = Redis::start();
    block_on(async {
        let sessions = server.sessions().await;
        let id = |user_id: &str, n: usize| format!("{n} é\n\0 - {user_id}");
        for user_id in ODD {
            let first = session(&id(user_id, 1), user_id);
            sessions.create_session(first.clone()).await.unwrap();
            let second = id(user_id, 2);
            assert_eq!(sessions.renew_session(renewal(&first, &second)).await.unwrap(), Renewed::Now);
            sessions.create_session(session(&id(user_id, 3), user_id)).await.unwrap();
        }
        for user_id in ODD {
            let list = sessions.sessions_of(user(user_id)).await.unwrap();
            assert_eq!(ids(&list), [1, 2, 3].map(|n| id(user_id, n)));
            sessions.delete_session(id(user_id, 2)).await.unwrap();
            let list = sessions.sessions_of(user(user_id)).await.unwrap();
            assert_eq!(ids(&list), [id(user_id, 3)]);
        }
        assert_eq!(sessions.delete_dead_sessions(None, at(i64::MAX), 100).await.unwrap(), 14);
    });
}
