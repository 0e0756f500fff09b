//! A server that is slow, full, restarted or not there: unavailable, in bounded time, and nobody is logged out.

use std::error::Error as _;
use std::time::Duration;

use lucia::adapter::SessionAdapter;
use lucia::redis::RedisSessions;
use lucia::{Error, Result};
use lucia_tests::block_on;

use crate::support::{BEGUN, at, renewal, session, user};
use lucia_server_tests::redis::{DURABLE, Redis};

/// The errors of every step, each of which has to come by itself.
async fn errors(sessions: &RedisSessions) -> Vec<Error> {
    async fn soon<T>(step: impl Future<Output = Result<T>>) -> Option<Error> {
        tokio::time::timeout(Duration::from_secs(30), step).await.expect("it waits for ever").err()
    }
    let kept = session("kept", "ada");
    let errors = [
        soon(sessions.create_session(session("another", "ada"))).await,
        soon(sessions.find_session("kept".into())).await,
        soon(sessions.sessions_of(user("ada"))).await,
        soon(sessions.renew_session(renewal(&kept, "new"))).await,
        soon(sessions.present_session("kept".into(), user("ada"), at(BEGUN), at(BEGUN))).await,
        soon(sessions.delete_session("kept".into())).await,
        soon(sessions.delete_sessions_of(user("ada"), None)).await,
        soon(sessions.delete_dead_sessions(None, at(0), 1)).await,
    ];
    errors.into_iter().flatten().collect()
}

fn all_say_unavailable(errors: &[Error], how_many: usize) {
    assert_eq!(errors.len(), how_many, "{errors:?}");
    for error in errors {
        assert!(error.is_unavailable() && !error.is_invalid_session(), "{error:?}");
        let text = format!("{error:?} {error} {:?}", error.source());
        assert!(!text.contains("kept") && !text.contains("ada"), "{text}");
    }
}

#[test]
fn a_server_that_does_not_answer_is_unavailable_in_bounded_time_and_then_back() {
    let server = Redis::start();
    block_on(async {
        let sessions = server.sessions().await;
        sessions.create_session(session("kept", "ada")).await.unwrap();
        server.pause();
        let errors = errors(&sessions).await;
        server.resume();
        all_say_unavailable(&errors, 8);
        sessions.sessions_of(user("ada")).await.unwrap();
    });
}

/// However many wait for the connection, none waits for the others.
#[test]
fn many_calls_to_a_server_that_does_not_answer_are_all_answered() {
    let server = Redis::start();
    block_on(async {
        let sessions = server.sessions().await;
        server.pause();
        let calls: Vec<_> = (0..200)
            .map(|_| {
                let sessions = sessions.clone();
                tokio::spawn(async move {
                    let step = sessions.find_session("kept".into());
                    tokio::time::timeout(Duration::from_secs(30), step).await.expect("it waits for ever")
                })
            })
            .collect();
        for call in calls {
            assert!(call.await.unwrap().unwrap_err().is_unavailable());
        }
        server.resume();
    });
}

#[test]
fn a_server_that_is_not_there_is_unavailable() {
    let mut server = Redis::start();
    block_on(async {
        let sessions = server.sessions().await;
        server.kill();
        all_say_unavailable(&errors(&sessions).await, 8);
        assert!(RedisSessions::connect(&server.url()).await.unwrap_err().is_unavailable());
    });
}

#[test]
fn a_server_that_restarts_with_its_data_goes_on_with_the_same_sessions() {
    let mut server = Redis::with(DURABLE);
    block_on(async {
        let sessions = server.sessions().await;
        let kept = session("kept", "ada");
        sessions.create_session(kept.clone()).await.unwrap();
        for n in 0..3 {
            server.kill();
            server.start_again();
            // The first look-up makes the connection anew, and the first write tells the server the scripts.
            assert_eq!(sessions.find_session("kept".into()).await.unwrap(), Some(kept.clone()));
            sessions.create_session(session(&n.to_string(), "ada")).await.unwrap();
        }
        assert_eq!(sessions.sessions_of(user("ada")).await.unwrap().len(), 4);
    });
}

#[test]
fn a_server_that_restarts_without_its_data_knows_no_session() {
    let mut server = Redis::start();
    block_on(async {
        let sessions = server.sessions().await;
        sessions.create_session(session("kept", "ada")).await.unwrap();
        server.kill();
        server.start_again();
        assert_eq!(sessions.find_session("kept".into()).await.unwrap(), None);
        assert!(sessions.sessions_of(user("ada")).await.unwrap().is_empty());
    });
}

#[test]
fn a_server_that_has_forgotten_the_scripts_is_told_them_again() {
    let server = Redis::start();
    block_on(async {
        let sessions = server.sessions().await;
        for n in 0..3 {
            sessions.create_session(session(&n.to_string(), "ada")).await.unwrap();
            server.ask::<()>(&["SCRIPT", "FLUSH"]);
        }
        assert_eq!(sessions.sessions_of(user("ada")).await.unwrap().len(), 3);
    });
}

#[test]
fn a_server_without_memory_takes_no_session_and_still_tells_and_ends_those_that_there_are() {
    let server = Redis::start();
    block_on(async {
        let sessions = server.sessions().await;
        sessions.create_session(session("kept", "ada")).await.unwrap();
        server.ask::<()>(&["CONFIG", "SET", "maxmemory", "1"]);
        let error = sessions.create_session(session("more", "ada")).await.unwrap_err();
        assert!(error.is_unavailable());
        assert_eq!(error.source().unwrap().to_string(), "Redis answered OOM");
        assert!(sessions.find_session("kept".into()).await.unwrap().is_some());
        sessions.delete_session("kept".into()).await.unwrap();
        assert!(sessions.find_session("kept".into()).await.unwrap().is_none());
    });
}

#[test]
fn a_replica_takes_no_writes_and_without_its_master_says_nothing() {
    let server = Redis::start();
    block_on(async {
        let sessions = server.sessions().await;
        sessions.create_session(session("kept", "ada")).await.unwrap();
        // Nobody listens there.
        server.ask::<()>(&["REPLICAOF", "127.0.0.1", "1"]);
        // Those that write something, which to present a session a second time does not.
        let writing = errors(&sessions).await;
        all_say_unavailable(&writing, 4);
        assert!(sessions.find_session("kept".into()).await.unwrap().is_some());
        server.ask::<()>(&["CONFIG", "SET", "replica-serve-stale-data", "no"]);
        all_say_unavailable(&errors(&sessions).await, 8);
        server.ask::<()>(&["REPLICAOF", "NO", "ONE"]);
        assert!(sessions.find_session("kept".into()).await.unwrap().is_some());
    });
}

#[test]
fn a_url_that_is_none_is_said_without_its_password() {
    block_on(async {
        for url in ["redis://:canary@[", "canary", "rediss://:canary@localhost/", "http://canary/"] {
            let error = RedisSessions::connect(url).await.unwrap_err();
            assert!(error.is_config(), "{url}: {error:?}");
            assert!(!format!("{error:?} {error}").contains("canary"), "{error:?}");
        }
        let server = Redis::with(&["--requirepass", "canary"]);
        let url = server.url();
        let error = RedisSessions::connect(&url).await.unwrap_err();
        assert!(error.is_unavailable(), "{error:?}");
        let sessions = RedisSessions::connect(&format!("{url}?pass=canary")).await.unwrap();
        assert!(!format!("{sessions:?} {sessions:#?}").contains("canary"));
        let error = RedisSessions::connect(&format!("{url}?pass=wrong-canary")).await.unwrap_err();
        assert!(!format!("{error:?} {error} {:?}", error.source()).contains("canary"));
    });
}

#[test]
fn outside_of_a_runtime_it_is_an_error_and_no_panic() {
    let server = Redis::start();
    let sessions = block_on(server.sessions());
    let mut step = std::pin::pin!(sessions.find_session("a".into()));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match step.as_mut().poll(&mut context) {
        std::task::Poll::Ready(result) => assert!(result.unwrap_err().is_config()),
        std::task::Poll::Pending => panic!("it waits"),
    }
}

#[test]
fn the_rights_that_the_guide_names_are_enough_and_others_keys_are_not_among_them() {
    let guide = include_str!("../../../lucia/src/docs/sessions_elsewhere.md");
    let line = guide.lines().find(|line| line.trim().starts_with("ACL SETUSER")).unwrap();
    let server = Redis::start();
    server.ask::<()>(&line.split_whitespace().collect::<Vec<_>>());
    let url = format!("{}?user=app&pass=password", server.url());
    block_on(async {
        let sessions = RedisSessions::connect(&url).await.unwrap();
        let kept = session("kept", "ada");
        for round in ["all at once", "presented"] {
            sessions.create_session(kept.clone()).await.unwrap();
            if round == "presented" {
                sessions.renew_session(renewal(&kept, "new")).await.unwrap();
                sessions.present_session("new".into(), user("ada"), at(BEGUN), at(BEGUN)).await.unwrap();
                let hours = server.ask::<i64>(&["PTTL", "lucia:session:kept"]) / 3_600_000;
                assert!(hours <= 1, "{hours}");
                sessions.delete_sessions_of(user("ada"), None).await.unwrap();
            }
            let errors = errors(&sessions).await;
            assert!(errors.is_empty(), "{errors:?}");
        }
        let others = sessions.prefix("others").unwrap();
        // All but to look for keys, which is of none.
        all_say_unavailable(&errors(&others).await, 7);
    });
}
