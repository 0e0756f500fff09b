//! Servers that are stopped and started again under eight writers.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::{Duration, Instant};

use lucia::{Auth, Error, SessionToken};
use lucia_server_tests::Database;
use lucia_tests::{User, block_on};

use crate::support::{
    On, assert_unavailable, eventually, key, names, on_each, password, say, sign_up, token,
};

const WRITERS: usize = 8;
const RESTARTS: usize = 10;
/// How many writes are acknowledged between one restart and the next.
const WRITES: usize = 1_000;

on_each!(ten_restarts_under_eight_writers_lose_no_acknowledged_write_and_log_nobody_out);

/// What one writer was told.
#[derive(Default)]
struct Told {
    users: Vec<String>,
    sessions: Vec<SessionToken>,
    ended: Vec<SessionToken>,
    /// Those whose sign-up was not answered.
    unsure: Vec<String>,
    validations: usize,
    unavailable: usize,
}

impl Told {
    async fn failed(&mut self, error: &Error) {
        assert_unavailable(error);
        self.unavailable += 1;
        tokio::time::sleep(Duration::from_millis(5)).await;
    }

    fn add(&mut self, other: Self) {
        self.users.extend(other.users);
        self.sessions.extend(other.sessions);
        self.ended.extend(other.ended);
        self.unsure.extend(other.unsure);
        self.validations += other.validations;
        self.unavailable += other.unavailable;
    }

    /// One that has ended was started before.
    fn writes(&self) -> usize {
        self.users.len() + self.sessions.len() + 2 * self.ended.len()
    }
}

/// Asks again for as long as the answer is that the server is not there.
macro_rules! until_answered {
    ($told:ident, $call:expr) => {
        loop {
            match $call.await {
                Ok(answer) => break answer,
                Err(error) => $told.failed(&error).await,
            }
        }
    };
}

/// Every sign-up has a name that nobody had: one that is taken would have been taken by the same call.
async fn write(auth: Auth<User>, writer: usize, acknowledged: Arc<AtomicUsize>) -> Told {
    let mut told = Told::default();
    for n in 0.. {
        if acknowledged.load(SeqCst) >= RESTARTS * WRITES + WRITES / 2 {
            break;
        }
        let name = format!("user-{writer}-{n}");
        if let Err(error) = sign_up(&auth, &name).await {
            told.failed(&error).await;
            told.unsure.push(name);
            continue;
        }
        let session = until_answered!(told, auth.log_in(&key(&name), &password()));
        let session = session.expect("an acknowledged user was lost");
        let token = token(&session);
        until_answered!(told, auth.validate_user(&token));
        told.validations += 1;
        told.users.push(name);
        if n % 10 == 5 {
            until_answered!(told, auth.invalidate_session(session.id()));
            told.ended.push(token);
            acknowledged.fetch_add(3, SeqCst);
        } else {
            told.sessions.push(token);
            acknowledged.fetch_add(2, SeqCst);
        }
    }
    told
}

fn ten_restarts_under_eight_writers_lose_no_acknowledged_write_and_log_nobody_out(on: On) {
    let database = on.database_with(
        &["fsync=on", "full_page_writes=on", "synchronous_commit=on"],
        &["--innodb-flush-log-at-trx-commit=1", "--innodb-doublewrite=1", "--innodb-flush-method=fsync"],
    );
    let at_first = on.connections(&database).len();
    let started = Instant::now();
    let (told, at_most) = block_on(write_and_restart(on, &database));
    eventually("the last connection's end", || on.connections(&database).len() == at_first);
    say(&format!(
        "{on:?}: {RESTARTS} restarts in {} s, {} writes acknowledged ({} users, {} sessions of which {} ended), \
         {} validations, {} calls unavailable, {} sign-ups not answered; {at_first} connections before and after, \
         {at_most} with the pool",
        started.elapsed().as_secs(),
        told.writes(),
        told.users.len(),
        told.sessions.len() + told.ended.len(),
        told.ended.len(),
        told.validations,
        told.unavailable,
        told.unsure.len(),
    ));
    assert!(told.writes() >= RESTARTS * WRITES && !told.ended.is_empty() && told.unavailable > 0);
    assert!(at_most <= at_first + 10, "{at_most} connections");
}

/// What the writers were told, all of which is true, and how many connections there are with the pool still open.
async fn write_and_restart(on: On, database: &Database) -> (Told, usize) {
    let auth = on.auth(database).await;
    let acknowledged = Arc::new(AtomicUsize::new(0));
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| tokio::spawn(write(auth.clone(), writer, Arc::clone(&acknowledged))))
        .collect();
    for restart in 1..=RESTARTS {
        while acknowledged.load(SeqCst) < restart * WRITES {
            assert!(!writers.iter().all(tokio::task::JoinHandle::is_finished), "nobody writes any more");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        if restart % 2 == 0 {
            database.stop();
        } else {
            database.kill();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        database.start_again();
    }
    let mut told = Told::default();
    for writer in writers {
        told.add(writer.await.unwrap());
    }
    check(&told, &auth, database).await;
    (told, on.connections(database).len())
}

async fn check(told: &Told, auth: &Auth<User>, database: &Database) {
    let (keys, users) = names(database);
    assert_eq!(keys, users, "half of a sign-up is there");
    let (users, expected): (HashSet<String>, HashSet<String>) =
        (users.into_iter().collect(), told.users.iter().cloned().collect());
    let lost: Vec<_> = expected.difference(&users).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    assert!(users.difference(&expected).all(|name| told.unsure.contains(name)), "more than was asked for");
    for token in &told.sessions {
        auth.validate(token).await.unwrap();
    }
    for token in &told.ended {
        assert!(auth.validate(token).await.unwrap_err().is_invalid_session(), "a session is back");
    }
}
