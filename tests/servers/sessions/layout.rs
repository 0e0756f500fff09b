//! What is stored under which key, for whoever runs the server; and what a step that is stopped half-way leaves.

use lucia::StoredSession;
use lucia::adapter::SessionAdapter;
use lucia_tests::block_on;

use crate::support::{BEGUN, DAY, at, ids, renewal, session, user};
use lucia_server_tests::redis::Redis;

const HOUR: i64 = 3_600_000;

fn keys(server: &Redis) -> Vec<String> {
    let mut keys: Vec<String> = server.ask(&["KEYS", "*"]);
    keys.sort();
    keys
}

/// Whether a key is kept for so long, give or take the minute that the test takes.
fn is_kept_for(server: &Redis, key: &str, millis: i64) -> bool {
    let left: i64 = server.ask(&["PTTL", key]);
    (millis - 60_000..=millis).contains(&left)
}

#[test]
fn a_user_has_one_hash_and_each_session_an_index_and_all_of_them_expire() {
    let server = Redis::start();
    block_on(async {
        let sessions = server.sessions().await;
        let old = session("old", "ada");
        sessions.create_session(old.clone()).await.unwrap();
        sessions.renew_session(renewal(&old, "new")).await.unwrap();
        assert_eq!(keys(&server), ["lucia:session:new", "lucia:session:old", "lucia:{ada}:sessions"]);
        assert_eq!(server.ask::<String>(&["GET", "lucia:session:new"]), "ada");
        let field: String = server.ask(&["HGET", "lucia:{ada}:sessions", "new"]);
        let (_, columns) = field.split_once(' ').unwrap();
        let [active, idle, absolute] = [3, 17, 30].map(|days| BEGUN + days * DAY);
        assert_eq!(columns, format!("{active} {idle} - {absolute} old"));
        // A day idle and fourteen, and an hour more than that.
        for key in keys(&server) {
            assert!(is_kept_for(&server, &key, 15 * DAY + HOUR), "{key}");
        }
        let now = BEGUN + 2 * DAY;
        sessions.present_session("new".into(), user("ada"), at(now), at(now + 60_000)).await.unwrap();
        assert!(is_kept_for(&server, "lucia:session:old", HOUR + 60_000));
        assert!(is_kept_for(&server, "lucia:{ada}:sessions", 15 * DAY + HOUR));
    });
}

#[test]
fn what_was_deleted_leaves_no_key() {
    everything_is_deleted(&Redis::start());
}

#[test]
fn all_that_a_step_touches_at_once_is_in_one_slot_of_a_cluster() {
    let server = Redis::cluster();
    everything_is_deleted(&server);
    let two = ["SUNION", "lucia:{ada}:sessions", "lucia:session:old"];
    let refused = redis::cmd(two[0]).arg(&two[1..]).query::<()>(&mut server.connect()).unwrap_err();
    assert_eq!(refused.code(), Some("CROSSSLOT"), "it is a cluster");
}

/// Each step, and each way to end sessions.
fn everything_is_deleted(server: &Redis) {
    block_on(async {
        let sessions = server.sessions().await;
        let old = session("old", "ada");
        for how in 0..5 {
            sessions.create_session(old.clone()).await.unwrap();
            sessions.renew_session(renewal(&old, "lost")).await.unwrap();
            let late = lucia::adapter::Renewal { lost_before: at(i64::MAX), ..renewal(&old, "new") };
            sessions.renew_session(late).await.unwrap();
            sessions.renew_session(renewal(&old, "rival")).await.unwrap();
            let now = BEGUN + 2 * DAY;
            sessions.present_session("new".into(), user("ada"), at(now), at(now)).await.unwrap();
            assert!(sessions.find_session("old".into()).await.unwrap().is_some());
            assert_eq!(keys(server).len(), 3);
            match how {
                0 => sessions.delete_session("old".into()).await.unwrap(),
                1 => sessions.delete_sessions_of(user("ada"), None).await.unwrap(),
                2 => sessions.delete_sessions_of(user("ada"), Some("unknown".into())).await.unwrap(),
                _ => {
                    let of = (how == 3).then(|| user("ada"));
                    assert_eq!(sessions.delete_dead_sessions(of, at(i64::MAX), 10).await.unwrap(), 2);
                }
            }
            assert_eq!(keys(server), [""; 0], "{how}");
        }
    });
}

/// A field of a hash has no expiry of its own.
#[test]
fn a_session_whose_time_is_over_goes_with_the_next_step_that_reads_the_others() {
    let server = Redis::start();
    block_on(async {
        let sessions = server.sessions().await;
        let over = format!("1000 {BEGUN} {BEGUN} {BEGUN} -");
        let add = || server.ask::<()>(&["HSET", "lucia:{ada}:sessions", "over", &over]);
        let is_there = async || {
            let list = sessions.sessions_of(user("ada")).await.unwrap();
            ids(&list).contains(&"over")
        };
        let old = session("old", "ada");
        sessions.create_session(old.clone()).await.unwrap();
        add();
        assert!(is_there().await);
        sessions.renew_session(renewal(&old, "new")).await.unwrap();
        assert!(!is_there().await);
        add();
        sessions.delete_session("unknown".into()).await.unwrap();
        sessions.delete_session("old".into()).await.unwrap();
        assert!(!is_there().await);
        // Whoever does nothing but log in.
        add();
        for n in 0..16 {
            sessions.create_session(session(&n.to_string(), "ada")).await.unwrap();
        }
        assert_eq!(sessions.sessions_of(user("ada")).await.unwrap().len(), 16);
    });
}

#[test]
fn the_hash_is_kept_as_long_as_the_longest_of_its_sessions() {
    let server = Redis::start();
    block_on(async {
        let sessions = server.sessions().await;
        for (id, days, kept) in [("a", 2, 2), ("b", 5, 5), ("c", 3, 5)] {
            let ends = at(BEGUN + days * DAY);
            let session = StoredSession { idle_expires: ends, ..session(id, "ada") };
            sessions.create_session(session).await.unwrap();
            assert!(is_kept_for(&server, "lucia:{ada}:sessions", kept * DAY + HOUR), "{id}");
        }
        server.ask::<()>(&["PERSIST", "lucia:{ada}:sessions"]);
        sessions.create_session(session("d", "ada")).await.unwrap();
        assert_eq!(server.ask::<i64>(&["PTTL", "lucia:{ada}:sessions"]), -1);
    });
}

#[test]
fn an_index_without_a_session_is_no_session_and_expires() {
    let server = Redis::start();
    block_on(async {
        let sessions = server.sessions().await;
        // As a process leaves it that is killed before the session is added, or after it was deleted.
        sessions.create_session(session("a", "ada")).await.unwrap();
        server.ask::<()>(&["DEL", "lucia:{ada}:sessions"]);
        assert_eq!(sessions.find_session("a".into()).await.unwrap(), None);
        assert!(sessions.sessions_of(user("ada")).await.unwrap().is_empty());
        sessions.delete_session("a".into()).await.unwrap();
        assert!(server.ask::<i64>(&["PTTL", "lucia:session:a"]) > 0);
    });
}

#[test]
fn a_session_without_an_index_is_not_good_and_ends_with_the_others() {
    let server = Redis::start();
    block_on(async {
        let sessions = server.sessions().await;
        sessions.create_session(session("a", "ada")).await.unwrap();
        server.ask::<()>(&["DEL", "lucia:session:a"]);
        assert_eq!(sessions.find_session("a".into()).await.unwrap(), None);
        sessions.delete_sessions_of(user("ada"), None).await.unwrap();
        assert_eq!(keys(&server), [""; 0]);
    });
}

#[test]
fn what_is_not_as_lucia_writes_it_is_an_error_and_not_an_invalid_session() {
    let server = Redis::start();
    block_on(async {
        let sessions = server.sessions().await;
        sessions.create_session(session("canary", "ada")).await.unwrap();
        server.ask::<()>(&["HSET", "lucia:{ada}:sessions", "canary", "nonsense"]);
        let errors = [
            sessions.find_session("canary".into()).await.unwrap_err(),
            sessions.sessions_of(user("ada")).await.unwrap_err(),
        ];
        for error in errors {
            assert!(!error.is_invalid_session() && !error.is_unavailable());
            assert!(!format!("{error:?} {error}").contains("canary"));
        }
        sessions.delete_sessions_of(user("ada"), None).await.unwrap();
        assert_eq!(keys(&server), [""; 0]);
    });
}
