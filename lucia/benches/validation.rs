//! What it costs to validate a session and read its user, as ratios to the same join by prepared `rusqlite` in the same run.
//!
//! One file of 10,000 users and 50,000 sessions, all active. Every contestant walks the same pseudo-random sequence of
//! tokens, hashes each, checks active, idle and absolute end, and compares the user that comes back. Rounds of the
//! contestants alternate, and the medians are compared, so that a machine whose speed drifts does not decide.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::allow_attributes,
    missing_docs,
    reason = "a benchmark that cannot go on should stop"
)]

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use lucia::{Auth, LuciaUser, SessionToken, UserId};
use rusqlite::OptionalExtension;
use sha2::{Digest, Sha256};

const USERS: usize = 10_000;
const SESSIONS: usize = 50_000;
const ROUNDS: usize = 9;
const ROUND: Duration = Duration::from_millis(400);

#[derive(Clone, Debug, PartialEq, LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique, max_length = 32)]
    pub username: String,
    pub email: Option<String>,
    pub age: i32,
}

const SCHEMA: &str = "
    CREATE TABLE auth_user (id TEXT NOT NULL PRIMARY KEY, username TEXT NOT NULL, email TEXT, age INTEGER NOT NULL);
    CREATE UNIQUE INDEX auth_user_username_key ON auth_user (username);
    CREATE TABLE auth_session (
        id TEXT NOT NULL PRIMARY KEY, user_id TEXT NOT NULL REFERENCES auth_user (id), active_expires BIGINT NOT NULL,
        idle_expires BIGINT NOT NULL, created_at BIGINT, absolute_expires BIGINT, renewed_from TEXT
    );
    CREATE INDEX auth_session_user_id_idx ON auth_session (user_id);
    CREATE INDEX auth_session_idle_expires_idx ON auth_session (idle_expires);
    CREATE UNIQUE INDEX auth_session_renewed_from_key ON auth_session (renewed_from);
";

/// The tokens of all sessions, and whose they are.
struct Data {
    users: Vec<User>,
    sessions: Vec<(SessionToken, usize)>,
}

/// The next of a fixed pseudo-random sequence.
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize
}

fn fill(path: &Path) -> Data {
    let mut connection = rusqlite::Connection::open(path).unwrap();
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL").unwrap();
    connection.execute_batch(SCHEMA).unwrap();
    let now = i64::try_from(std::time::UNIX_EPOCH.elapsed().unwrap().as_millis()).unwrap();
    let day = 86_400_000;
    let transaction = connection.transaction().unwrap();
    let users: Vec<User> = (0..USERS)
        .map(|n| User {
            id: UserId::generate(26, &lucia::OsRandom).unwrap(),
            username: format!("user{n}"),
            email: (n % 2 == 0).then(|| format!("user{n}@example.com")),
            age: i32::try_from(n % 90).unwrap(),
        })
        .collect();
    for user in &users {
        transaction
            .prepare_cached("INSERT INTO auth_user VALUES (?, ?, ?, ?)")
            .unwrap()
            .execute((user.id.as_str(), &user.username, &user.email, user.age))
            .unwrap();
    }
    let mut state = 7;
    let sessions = (0..SESSIONS)
        .map(|_| {
            let token = SessionToken::generate(&lucia::OsRandom).unwrap();
            let owner = next(&mut state) % USERS;
            let row = (
                token.id().to_string(),
                users[owner].id.as_str(),
                now + day,
                now + 15 * day,
                now,
                now + 30 * day,
            );
            transaction
                .prepare_cached("INSERT INTO auth_session VALUES (?, ?, ?, ?, ?, ?, NULL)")
                .unwrap()
                .execute(row)
                .unwrap();
            (token, owner)
        })
        .collect();
    transaction.commit().unwrap();
    let count = |table: &str| -> i64 {
        connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    };
    assert_eq!((count("auth_user"), count("auth_session")), (10_000, 50_000));
    Data { users, sessions }
}

/// Runs `validate` for a round and returns nanoseconds for each call.
fn round(data: &Data, seed: u64, mut validate: impl FnMut(&SessionToken) -> User) -> f64 {
    let mut state = seed;
    let mut calls = 0_u32;
    let start = Instant::now();
    while start.elapsed() < ROUND {
        for _ in 0..64 {
            let (token, owner) = &data.sessions[next(&mut state) % SESSIONS];
            let user = validate(token);
            assert_eq!(&user, &data.users[*owner]);
            black_box(&user);
            calls += 1;
        }
    }
    start.elapsed().as_nanos() as f64 / f64::from(calls)
}

const JOIN: &str = "
    SELECT s.id, s.user_id, s.active_expires, s.idle_expires, s.created_at, s.absolute_expires, s.renewed_from,
           u.id, u.username, u.email, u.age
    FROM auth_session s JOIN auth_user u ON u.id = s.user_id WHERE s.id = ?";

/// The session's columns as a careful person would read them.
struct Row {
    id: String,
    active_expires: i64,
    idle_expires: i64,
    absolute_expires: Option<i64>,
    rest: (String, Option<i64>, Option<String>),
    user: User,
}

fn by_rusqlite(connection: &rusqlite::Connection, token: &SessionToken) -> User {
    let id = hex(&Sha256::digest(token.expose()));
    let row = connection
        .prepare_cached(JOIN)
        .unwrap()
        .query_row([&id], |row| {
            Ok(Row {
                id: row.get(0)?,
                active_expires: row.get(2)?,
                idle_expires: row.get(3)?,
                absolute_expires: row.get(5)?,
                rest: (row.get(1)?, row.get(4)?, row.get(6)?),
                user: User {
                    id: UserId::new(row.get::<_, String>(7)?).unwrap(),
                    username: row.get(8)?,
                    email: row.get(9)?,
                    age: row.get(10)?,
                },
            })
        })
        .optional()
        .unwrap()
        .unwrap();
    let now = i64::try_from(std::time::UNIX_EPOCH.elapsed().unwrap().as_millis()).unwrap();
    assert!(row.id == id && now <= row.active_expires && now <= row.idle_expires);
    assert!(row.absolute_expires.is_none_or(|end| now <= end));
    black_box(row.rest);
    row.user
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

fn open_rusqlite(path: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(path).unwrap()
}

fn open_diesel(path: &Path) -> SqliteConnection {
    let mut connection = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    connection.batch_execute("PRAGMA foreign_keys = ON").unwrap();
    connection
}

/// One round of a contestant on as many threads: nanoseconds for each call, by the clock on the wall.
fn on_threads(threads: usize, contestant: impl Fn(u64) -> f64 + Sync) -> f64 {
    let times: Vec<f64> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads)
            .map(|n| {
                let contestant = &contestant;
                scope.spawn(move || contestant(n as u64 + 1))
            })
            .collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    // Calls in a second add up over the threads.
    1.0 / times.iter().map(|nanos| 1.0 / nanos).sum::<f64>()
}

/// What it is called, its limit as a ratio to the first, and a round of it.
type Contestant<'a> = (&'a str, Option<f64>, &'a (dyn Fn(u64) -> f64 + Sync));

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn main() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("bench.db");
    let data = Arc::new(fill(&path));
    let auth: Auth<User> = lucia::sqlite(&path).unwrap().development().unwrap();

    println!(
        "validate a session and read its user: {USERS} users, {SESSIONS} sessions, one file, {ROUNDS} rounds"
    );
    println!("{:<44} {:>10} {:>10}", "", "us/call", "ratio");
    for threads in [1, 2] {
        let rusqlite = |seed| {
            let connection = open_rusqlite(&path);
            round(&data, seed, |token| by_rusqlite(&connection, token))
        };
        let borrowed = |seed| {
            let mut connection = open_diesel(&path);
            let auth = auth.on(&mut connection);
            round(&data, seed, |token| auth.validate_user(token).unwrap().user)
        };
        let pooled = |seed| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            round(&data, seed, |token| runtime.block_on(auth.validate_user(token)).unwrap().user)
        };
        let contestants: [Contestant<'_>; 3] = [
            ("rusqlite, prepared join", None, &rusqlite),
            ("Auth on a borrowed connection", Some(1.25), &borrowed),
            ("Auth, async", Some(2.0), &pooled),
        ];
        let mut times = [const { Vec::new() }; 3];
        for turn in 0..=ROUNDS {
            for (n, (_, _, contestant)) in contestants.iter().enumerate() {
                let time = on_threads(threads, contestant);
                // The first round warms up.
                if turn > 0 {
                    times[n].push(time);
                }
            }
        }
        let medians = times.map(median);
        for ((name, limit, _), time) in contestants.iter().zip(medians) {
            let name = format!("{name}, {threads} thread{}", if threads == 1 { "" } else { "s" });
            let limit = limit.map(|limit| format!("  limit {limit:.2}")).unwrap_or_default();
            println!("{name:<44} {:>10.2} {:>10.2}{limit}", time / 1_000.0, time / medians[0]);
        }
    }
}
