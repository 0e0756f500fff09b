//! Callers that go away in the middle of a step.

use std::time::Duration;

use lucia::Auth;
use lucia_server_tests::Database;
use lucia_tests::{User, block_on};

use crate::support::{On, eventually, key, log_in, names, on_each, password, say, sign_up};

const CALLS: u64 = 1_000;

on_each!(
    a_thousand_callers_that_go_away_leave_nothing_half_done_and_a_pool_of_two_in_good_order,
    callers_that_go_away_while_they_wait_for_a_lock_leave_no_lock_and_no_connection_behind,
);

fn a_thousand_callers_that_go_away_leave_nothing_half_done_and_a_pool_of_two_in_good_order(on: On) {
    let database = on.database();
    block_on(async {
        let auth = on.auth_of(2, on.url(&database));
        sign_up(&auth, "ada").await.unwrap();
        let (mut finished, mut at_most) = (0, 0);
        for first in (0..CALLS).step_by(8) {
            let calls: Vec<_> = (first..first + 8).map(|n| tokio::spawn(call(auth.clone(), n))).collect();
            for call in calls {
                finished += usize::from(call.await.unwrap());
            }
            if first % 80 == 0 {
                at_most = at_most.max(on.connections(&database).len());
            }
        }
        eventually("the end of what was begun", || on.transactions(&database) == 0);
        let (keys, users) = names(&database);
        assert_eq!(keys, users, "half of a sign-up is there");
        say(&format!(
            "{on:?}: of {CALLS} calls {finished} were done before the caller went away; {} users; {at_most} connections at most",
            users.len()
        ));
        assert!((125..1_000).contains(&finished), "{finished} were done");
        assert!(at_most <= 2, "{at_most} connections");
        all_is_well(on, &auth, &database).await;
    });
}

/// Goes away after a while, which is another one for each call; every eighth is patient. Whether it was done by then.
async fn call(auth: Auth<User>, n: u64) -> bool {
    let patience = if n % 8 == 7 { Duration::from_secs(30) } else { Duration::from_millis(n % 50) };
    let name = format!("user-{n}");
    if n.is_multiple_of(2) {
        return tokio::time::timeout(patience, sign_up(&auth, &name)).await.is_ok_and(|done| done.is_ok());
    }
    let (key, password) = (key("ada"), password());
    let log_in = auth.log_in(&key, &password);
    tokio::time::timeout(patience, log_in).await.is_ok_and(|done| done.is_ok())
}

/// What is done now is seen by others at once: it is in nobody's open transaction.
async fn all_is_well(on: On, auth: &Auth<User>, database: &Database) {
    let calls: Vec<_> = (0..20)
        .map(|n| {
            let auth = auth.clone();
            tokio::spawn(async move { sign_up(&auth, &format!("after-{n}")).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let seen = database.lines("SELECT username AS line FROM auth_user WHERE username LIKE 'after-%'");
    assert_eq!(seen.len(), 20);
    eventually("the end of all connections but two", || on.connections(database).len() <= 2);
    assert_eq!(on.transactions(database), 0);
}

/// What each of them has locked is free again as soon as the wait is over, though nobody asks the pool for a connection.
fn callers_that_go_away_while_they_wait_for_a_lock_leave_no_lock_and_no_connection_behind(on: On) {
    let database = on.database();
    block_on(async {
        let auth = on.auth_of(2, on.url(&database));
        let ada = sign_up(&auth, "ada").await.unwrap();
        log_in(&auth, "ada").await;
        let mut rival = database.connect();
        rival.batch_execute("BEGIN; UPDATE auth_session SET active_expires = active_expires + 1").unwrap();
        // The first has the user's row and waits for that of the session; the others wait for the user's.
        let first = tokio::spawn({
            let auth = auth.clone();
            async move { auth.delete_user(&ada.id).await }
        });
        eventually("a wait for the rival", || !on.waiting(&database).is_empty());
        first.abort();
        for _ in 0..20 {
            let (key, password) = (key("ada"), password());
            let log_in = auth.log_in(&key, &password);
            assert!(tokio::time::timeout(Duration::from_millis(100), log_in).await.is_err());
        }
        // The rival's is one of them.
        let at_most = on.connections(&database).len() - 1;
        assert!(at_most <= 2, "{at_most} connections");
        rival.batch_execute("ROLLBACK").unwrap();
        drop(rival);
        eventually("the end of all transactions", || on.transactions(&database) == 0);
        eventually("the end of all connections but two", || on.connections(&database).len() <= 2);
        let (keys, users) = names(&database);
        assert_eq!(keys, users, "half of a removal has happened");
        sign_up(&auth, "bob").await.unwrap();
    });
}
