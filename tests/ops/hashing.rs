//! Where passwords are hashed, how often, and what waits for it.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Condvar, Mutex, mpsc};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use lucia::diesel::SqlitePool;
use lucia::{
    Argon2id, Auth, Builder, HasherError, NewKey, Password, PasswordHash, PasswordHasher, Random, Sessions,
    Verification,
};
use lucia_tests::{Database, User, attributes, auth_key, cheap_hasher};

use crate::support::{EMAIL, counts, get, key_rows, name, right, token, with_password, wrong};

/// A hasher that counts, and holds whoever hashes while it is told to.
#[derive(Clone)]
struct Gate(Arc<Inside>);

struct Inside {
    hasher: Argon2id,
    held: Mutex<bool>,
    released: Condvar,
    begun: AtomicUsize,
    done: AtomicUsize,
}

impl Gate {
    fn new() -> Self {
        Self(Arc::new(Inside {
            hasher: cheap_hasher(),
            held: Mutex::new(false),
            released: Condvar::new(),
            begun: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
        }))
    }

    fn hold(&self, held: bool) {
        *self.0.held.lock().unwrap() = held;
        self.0.released.notify_all();
    }

    fn work<T>(&self, work: impl FnOnce(&Argon2id) -> T) -> T {
        self.0.begun.fetch_add(1, SeqCst);
        let held = self.0.held.lock().unwrap();
        drop(self.0.released.wait_while(held, |held| *held).unwrap());
        let result = work(&self.0.hasher);
        self.0.done.fetch_add(1, SeqCst);
        result
    }

    fn begun(&self) -> usize {
        self.0.begun.load(SeqCst)
    }

    fn done(&self) -> usize {
        self.0.done.load(SeqCst)
    }
}

impl PasswordHasher for Gate {
    fn hash(&self, password: &str, random: &dyn Random) -> Result<PasswordHash, HasherError> {
        self.work(|hasher| hasher.hash(password, random))
    }

    fn verify(&self, password: &str, stored: &PasswordHash) -> Result<Verification, HasherError> {
        // Found out without work.
        if !stored.expose().starts_with("$argon2id$") {
            return Ok(Verification::Foreign);
        }
        self.work(|hasher| hasher.verify(password, stored))
    }
}

/// One reader, so that whoever held a connection would hold them all; one hash at once.
fn with(database: &Database, gate: &Gate) -> Auth<User> {
    let pool = SqlitePool::open_with_readers(database.path(), 1).unwrap();
    let builder = Builder::new(pool).clock(database.clock.clone());
    builder.password_hasher(gate.clone()).hashes_at_once(1).development().unwrap()
}

fn one_thread() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

async fn until(condition: impl Fn() -> bool) {
    while !condition() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

fn spawn_log_in(auth: &Auth<User>) -> tokio::task::JoinHandle<lucia::Result<Option<lucia::Session>>> {
    let auth = auth.clone();
    tokio::spawn(async move { auth.log_in(&name("ada"), &right()).await })
}

#[test]
fn while_fifty_log_ins_are_held_sessions_are_validated_and_started() {
    let (database, gate) = (Database::new(), Gate::new());
    let auth = with(&database, &gate);
    one_thread().block_on(async {
        let user = auth.create_user(with_password("ada"), attributes("ada")).await.unwrap();
        let session = auth.create_session(&user.id).await.unwrap();
        gate.hold(true);
        let before = gate.done();
        let log_ins: Vec<_> = (0..50).map(|_| spawn_log_in(&auth)).collect();
        until(|| gate.begun() > before).await;
        for _ in 0..20 {
            assert_eq!(auth.validate_user(&token(&session)).await.unwrap().user, user);
            auth.create_session(&user.id).await.unwrap();
            tokio::task::yield_now().await;
        }
        assert_eq!(gate.done(), before, "all of them are held");
        assert!(!log_ins.iter().any(tokio::task::JoinHandle::is_finished));
        gate.hold(false);
        for log_in in log_ins {
            assert!(log_in.await.unwrap().unwrap().is_some());
        }
    });
}

#[test]
fn hashing_on_the_calling_thread_would_hold_everybody() {
    let (database, gate) = (Database::new(), Gate::new());
    let auth = with(&database, &gate);
    let user = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    let session = get(auth.create_session(&user.id)).unwrap();
    gate.hold(true);
    let (answered, answers) = mpsc::channel();
    let mut conn = database.connect();
    let server = std::thread::spawn(move || {
        one_thread().block_on(async {
            let inline = auth.clone();
            let log_in = tokio::spawn(async move {
                inline.on(&mut conn).log_in(&name("ada"), &right()).unwrap().unwrap();
            });
            tokio::task::yield_now().await;
            answered.send(auth.validate(&token(&session)).await.is_ok()).unwrap();
            log_in.await.unwrap();
        });
    });
    assert!(answers.recv_timeout(Duration::from_millis(200)).is_err(), "nobody is answered");
    gate.hold(false);
    assert!(answers.recv().unwrap());
    server.join().unwrap();
}

#[test]
fn too_many_who_wait_are_told_so_at_once_and_the_others_are_served() {
    let (database, gate) = (Database::new(), Gate::new());
    let auth = with(&database, &gate);
    one_thread().block_on(async {
        auth.create_user(with_password("ada"), attributes("ada")).await.unwrap();
        gate.hold(true);
        let before = gate.begun();
        let log_ins: Vec<_> = (0..100).map(|_| spawn_log_in(&auth)).collect();
        until(|| gate.begun() > before && log_ins.iter().any(tokio::task::JoinHandle::is_finished)).await;
        let refused = [
            auth.create_user(with_password("bob"), attributes("bob")).await.map(drop),
            auth.use_key(&name("ada"), Some(&right())).await.map(drop),
            auth.use_key(&name("nobody"), Some(&right())).await.map(drop),
            auth.set_password(&name("ada"), Some(right()), Sessions::Keep).await,
            auth.change_password(&name("ada"), &right(), right()).await.map(drop),
        ];
        for error in refused.map(Result::unwrap_err) {
            assert!(error.is_overloaded(), "{error:?}");
        }
        gate.hold(false);
        let mut served = 0;
        for log_in in log_ins {
            match log_in.await.unwrap() {
                Ok(session) => served += usize::from(session.is_some()),
                Err(error) => assert!(error.is_overloaded()),
            }
        }
        assert!((50..100).contains(&served), "{served}");
        assert!(auth.log_in(&name("ada"), &right()).await.unwrap().is_some(), "and it is over");
        assert_eq!(counts(&mut database.connect()).0, 1);
    });
}

#[test]
fn whoever_gives_up_leaves_no_permit_and_no_session_behind() {
    let (database, gate) = (Database::new(), Gate::new());
    let auth = with(&database, &gate);
    one_thread().block_on(async {
        auth.create_user(with_password("ada"), attributes("ada")).await.unwrap();
        gate.hold(true);
        for _ in 0..200 {
            let key = name("ada");
            let password = right();
            let log_in = auth.log_in(&key, &password);
            let _ = tokio::time::timeout(Duration::from_micros(100), log_in).await;
        }
        gate.hold(false);
        let log_ins: Vec<_> = (0..50).map(|_| spawn_log_in(&auth)).collect();
        for log_in in log_ins {
            assert!(log_in.await.unwrap().unwrap().is_some());
        }
        assert_eq!(counts(&mut database.connect()).2, 50);
    });
}

#[test]
fn whatever_is_wrong_costs_one_hash_of_work() {
    let (database, gate) = (Database::new(), Gate::new());
    let auth = with(&database, &gate);
    let user = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    get(auth.create_key(&user.id, NewKey::without_password(name("open")))).unwrap();
    get(auth.create_key(&user.id, with_password("foreign"))).unwrap();
    let mut conn = database.connect();
    let bcrypt = "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";
    diesel::update(auth_key::table.find("username:foreign"))
        .set(auth_key::hashed_password.eq(bcrypt))
        .execute(&mut conn)
        .unwrap();
    for (what, key, typed, work) in [
        ("right", "ada", "correct horse", 1),
        ("wrong", "ada", "wrong horse", 1),
        ("short and wrong", "ada", "x", 1),
        ("unknown key", "nobody", "correct horse", 1),
        ("key without a password", "open", "correct horse", 1),
        ("foreign hash", "foreign", "correct horse", 1),
        ("empty", "ada", "", 0),
        ("empty and unknown", "nobody", "", 0),
    ] {
        let typed = || Password::from(typed);
        let before = gate.done();
        let logged_in = get(auth.log_in(&name(key), &typed())).unwrap();
        assert_eq!(gate.done() - before, work, "{what}");
        assert_eq!(logged_in.is_some(), what == "right", "{what}");
        get(auth.use_key(&name(key), Some(&typed()))).unwrap();
        assert_eq!(gate.done() - before, 2 * work, "{what}");
        auth.on(&mut conn).log_in(&name(key), &typed()).unwrap();
        assert_eq!(gate.done() - before, 3 * work, "{what}");
        if what != "right" {
            assert!(get(auth.change_password(&name(key), &typed(), right())).unwrap().is_none());
            assert_eq!(gate.done() - before, 4 * work, "{what}");
        }
    }
}

#[test]
fn what_is_wrong_with_the_input_is_said_before_anything_is_hashed() {
    let (database, gate) = (Database::new(), Gate::new());
    let auth = with(&database, &gate);
    let user = get(auth.create_user(None, attributes("ada"))).unwrap();
    let before = gate.done();
    get(auth.create_user(with_password("bob"), attributes(&"x".repeat(33)))).unwrap_err();
    get(auth.create_user(NewKey::password(name("bob"), "short"), attributes("bob"))).unwrap_err();
    get(auth.create_key(&user.id, NewKey::password(name("bob"), "x".repeat(1 << 20)))).unwrap_err();
    get(auth.change_password(&name("ada"), &wrong(), "short".into())).unwrap_err();
    assert_eq!(gate.done(), before);
}

fn older() -> Argon2id {
    Argon2id::with_parameters(16, 1, 1).unwrap()
}

/// A user whose hash has older parameters than those of `database.auth()`, and the hash.
fn outdated(database: &Database) -> String {
    let auth: Auth<User> = database.builder().password_hasher(older()).development().unwrap();
    get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    hash(database)
}

fn hash(database: &Database) -> String {
    key_rows(&mut database.connect()).remove(0).3.unwrap()
}

#[test]
fn a_log_in_replaces_a_hash_of_older_parameters() {
    let database = Database::new();
    let old = outdated(&database);
    assert!(get(database.auth().log_in(&name("ada"), &wrong())).unwrap().is_none());
    assert_eq!(hash(&database), old, "not by a wrong password");
    for _ in 0..2 {
        assert!(get(database.auth().log_in(&name("ada"), &right())).unwrap().is_some());
        let new = hash(&database);
        assert!(new.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{new}");
    }
    let again = hash(&database);
    get(database.auth().log_in(&name("ada"), &right())).unwrap();
    assert_eq!(hash(&database), again, "once");
}

#[test]
fn so_do_using_a_key_and_changing_the_password() {
    let database = Database::new();
    let old = outdated(&database);
    let mut conn = database.connect();
    assert!(database.auth().on(&mut conn).use_key(&name("ada"), Some(&right())).unwrap().is_some());
    assert_ne!(hash(&database), old);
    let database = Database::new();
    outdated(&database);
    let changed = get(database.auth().change_password(&name("ada"), &right(), "battery staple".into()));
    assert!(changed.unwrap().is_some());
    assert!(get(database.auth().log_in(&name("ada"), &"battery staple".into())).unwrap().is_some());
}

#[test]
fn a_hash_that_cannot_be_replaced_still_lets_its_user_in() {
    let database = Database::new();
    let old = outdated(&database);
    let mut conn = database.connect();
    let trigger =
        "CREATE TRIGGER no BEFORE UPDATE OF hashed_password ON auth_key BEGIN SELECT raise(ABORT, 'no'); END";
    conn.batch_execute(trigger).unwrap();
    assert!(get(database.auth().log_in(&name("ada"), &right())).unwrap().is_some());
    assert!(database.auth().on(&mut conn).log_in(&name("ada"), &right()).unwrap().is_some());
    assert_eq!(hash(&database), old);
    conn.batch_execute("PRAGMA query_only = ON").unwrap();
    assert!(database.auth().on(&mut conn).use_key(&name("ada"), Some(&right())).unwrap().is_some());
}

/// Verifies at once, and hashes as its gate allows.
#[derive(Clone)]
struct SlowToHash(Gate);

impl PasswordHasher for SlowToHash {
    fn hash(&self, password: &str, random: &dyn Random) -> Result<PasswordHash, HasherError> {
        self.0.hash(password, random)
    }

    fn verify(&self, password: &str, stored: &PasswordHash) -> Result<Verification, HasherError> {
        cheap_hasher().verify(password, stored)
    }
}

#[test]
fn a_new_hash_of_the_old_password_never_overwrites_a_new_password() {
    let database = Database::new();
    outdated(&database);
    let gate = Gate::new();
    let slow: Auth<User> =
        database.builder().password_hasher(SlowToHash(gate.clone())).development().unwrap();
    let other = database.auth();
    get(async {
        gate.hold(true);
        let before = gate.begun();
        let log_in = spawn_log_in(&slow);
        until(|| gate.begun() > before).await;
        other.set_password(&name("ada"), Some("battery staple".into()), Sessions::EndAll).await.unwrap();
        gate.hold(false);
        assert!(log_in.await.unwrap().unwrap().is_none(), "nor does it let anybody in");
        assert!(other.log_in(&name("ada"), &"battery staple".into()).await.unwrap().is_some());
        assert!(other.log_in(&name("ada"), &right()).await.unwrap().is_none());
    });
}

#[test]
fn a_password_that_changes_while_it_is_checked_lets_nobody_in() {
    let (database, gate) = (Database::new(), Gate::new());
    let slow = with(&database, &gate);
    let other = database.auth();
    get(async {
        for change in 0..4 {
            let user = other.create_user(with_password("ada"), attributes("ada")).await.unwrap();
            gate.hold(true);
            let before = gate.begun();
            let log_in = spawn_log_in(&slow);
            until(|| gate.begun() > before).await;
            match change {
                0 => other
                    .set_password(&name("ada"), Some("battery staple".into()), Sessions::Keep)
                    .await
                    .unwrap(),
                1 => other.set_password(&name("ada"), None, Sessions::Keep).await.unwrap(),
                2 => other.rename_key(&name("ada"), &name("bob")).await.unwrap(),
                _ => other.delete_user(&user.id).await.unwrap(),
            }
            gate.hold(false);
            assert!(log_in.await.unwrap().unwrap().is_none(), "{change}");
            assert_eq!(counts(&mut database.connect()).2, 0, "{change}");
            other.delete_user(&user.id).await.unwrap();
        }
    });
}

/// Writes `own:` and the password backwards.
#[derive(Clone)]
struct Own;

impl PasswordHasher for Own {
    fn hash(&self, password: &str, _: &dyn Random) -> Result<PasswordHash, HasherError> {
        Ok(PasswordHash::new(format!("own:{}", password.chars().rev().collect::<String>())))
    }

    fn verify(&self, password: &str, stored: &PasswordHash) -> Result<Verification, HasherError> {
        let Some(stored) = stored.expose().strip_prefix("own:") else { return Ok(Verification::Foreign) };
        let same = password.chars().rev().eq(stored.chars());
        Ok(if same { Verification::Right } else { Verification::Wrong })
    }
}

#[test]
fn a_hasher_of_the_apps_own_is_used_everywhere() {
    let database = Database::new();
    let auth: Auth<User> = database.builder().password_hasher(Own).development().unwrap();
    let user = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    get(auth.create_key(&user.id, NewKey::password(EMAIL.id("ada").unwrap(), "battery staple"))).unwrap();
    get(auth.set_password(&EMAIL.id("ada").unwrap(), Some("12345678".into()), Sessions::Keep)).unwrap();
    get(auth.change_password(&name("ada"), &right(), "abcdefgh".into())).unwrap().unwrap();
    assert!(get(auth.log_in(&name("ada"), &"abcdefgh".into())).unwrap().is_some());
    assert!(get(auth.use_key(&EMAIL.id("ada").unwrap(), Some(&"12345678".into()))).unwrap().is_some());
    let hashes: Vec<_> = key_rows(&mut database.connect()).into_iter().map(|row| row.3.unwrap()).collect();
    assert_eq!(hashes, ["own:87654321", "own:hgfedcba"]);
}
