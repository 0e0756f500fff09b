//! A server that does not answer, or refuses connections.

use std::sync::Arc;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use lucia::{Auth, SessionToken};
use lucia_server_tests::Database;
use lucia_tests::{User, block_on};

use crate::support::{On, assert_unavailable, eventually, key, log_in, on_each, password, sign_up};

/// How long an answer may take when the server gives none: five seconds for another call that writes, five for a connection, and
/// fifteen for the answer; and some more for a slow machine.
const BOUND: Duration = Duration::from_secs(35);

on_each!(
    a_paused_server_is_unavailable_within_25_seconds_and_goes_on_afterwards,
    a_server_that_refuses_connections_is_unavailable_and_then_back,
);

async fn ada(auth: &Auth<User>) -> Arc<SessionToken> {
    sign_up(auth, "ada").await.unwrap();
    Arc::new(log_in(auth, "ada").await)
}

async fn within_bound<T>(call: impl Future<Output = lucia::Result<T>>) -> lucia::Result<T> {
    tokio::time::timeout(BOUND, call).await.expect("it waits for ever")
}

/// More calls than there are connections: none waits for the others.
fn a_paused_server_is_unavailable_within_25_seconds_and_goes_on_afterwards(on: On) {
    let database = on.database();
    block_on(async {
        let auth = on.auth(&database).await;
        let token = ada(&auth).await;
        let paused = database.pause();
        let calls: Vec<_> = (0..30)
            .map(|n| {
                let (auth, token) = (auth.clone(), Arc::clone(&token));
                tokio::spawn(async move {
                    match n % 3 {
                        0 => within_bound(auth.validate(&token)).await.map(drop),
                        1 => within_bound(auth.log_in(&key("ada"), &password())).await.map(drop),
                        _ => within_bound(sign_up(&auth, &format!("user-{n}"))).await.map(drop),
                    }
                })
            })
            .collect();
        let mut answers = Vec::new();
        for call in calls {
            answers.push(call.await);
        }
        drop(paused);
        for answer in answers {
            assert_unavailable(&answer.unwrap().unwrap_err());
        }
        goes_on(&auth, &token).await;
    });
}

/// Every connection works again, after what it takes to make it anew.
async fn goes_on(auth: &Auth<User>, token: &Arc<SessionToken>) {
    let calls: Vec<_> = (0..20)
        .map(|n| {
            let (auth, token) = (auth.clone(), Arc::clone(token));
            tokio::spawn(async move {
                let valid = auth.validate(&token).await;
                valid.and(sign_up(&auth, &format!("after-{n}")).await)
            })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
}

fn a_server_that_refuses_connections_is_unavailable_and_then_back(on: On) {
    let database = on.database_with(&["max_connections=12"], &["--max-connections=12"]);
    block_on(async {
        let auth = on.auth_of(2, on.url(&database));
        let token = ada(&auth).await;
        // Others take the places of the pool.
        on.end_all(&database);
        let mut held = Vec::new();
        hold_all(&database, &mut held);
        assert_unavailable(&within_bound(auth.validate(&token)).await.unwrap_err());
        hold_all(&database, &mut held);
        assert_unavailable(&within_bound(sign_up(&auth, "bob")).await.unwrap_err());
        hold_all(&database, &mut held);
        assert_unavailable(&within_bound(on.open(&on.url(&database))).await.unwrap_err());
        drop(held);
        eventually("a free connection", || database.try_connect().is_some());
        goes_on(&auth, &token).await;
    });
}

/// Takes every connection that there still is.
fn hold_all(database: &Database, held: &mut Vec<Box<dyn SimpleConnection + Send>>) {
    // One that has been ended may still be counted.
    for _ in 0..3 {
        held.extend(std::iter::from_fn(|| database.try_connect()));
        std::thread::sleep(Duration::from_millis(100));
    }
}
