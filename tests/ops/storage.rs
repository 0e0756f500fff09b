//! The steps of the adapter on what is not there, pools that are smaller than what is asked of them, and a full disk.

use std::sync::Arc;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use lucia::adapter::{
    Adapter, ChangePassword, Consumed, NewUser, Proof, Renewal, Renewed, SessionAdapter, StartSession,
    UserAdapter, UserLookup,
};
use lucia::diesel::{DieselAdapter, Pooled, SqlitePool};
use lucia::{Auth, Builder, LuciaUser, PasswordHash, StoredKey, StoredSession, UnixMillis, UserId, Value};
use lucia_tests::{Database, User, UserChanges, attributes, cheap_hasher};

use crate::invariants::check_with_primary_keys;
use crate::operations::pool;
use crate::support::{counts, dump, get, name, nobody, number, with_password};

const NOW: UnixMillis = UnixMillis::from_millis(1_000);

fn adapter(database: &Database) -> DieselAdapter<User, SqlitePool> {
    DieselAdapter::new(SqlitePool::open(database.path()).unwrap())
}

/// The same, where no argument says of which users.
fn of_users(adapter: &DieselAdapter<User, SqlitePool>) -> &impl UserAdapter<User> {
    adapter
}

fn user(id: &str) -> User {
    User::create(UserId::new(id).unwrap(), attributes(id), NOW).unwrap()
}

fn stored_key(id: &str, user: &UserId) -> StoredKey {
    StoredKey {
        id: id.to_owned(),
        user_id: user.clone(),
        primary_key: true,
        hashed_password: None,
        expires: None,
    }
}

fn stored_session(id: &str, user: &UserId) -> StoredSession {
    StoredSession {
        id: id.to_owned(),
        user_id: user.clone(),
        active_expires: NOW,
        idle_expires: NOW,
        created_at: Some(NOW),
        absolute_expires: None,
        renewed_from: None,
    }
}

#[test]
fn every_step_on_what_is_not_there_finds_nothing_and_does_nothing() {
    let database = Database::new();
    let adapter = adapter(&database);
    let there = NewUser { user: user("there"), key: Some(stored_key("a:there", &user("there").id)) };
    get(adapter.create_user(Arc::new(there))).unwrap();
    get(adapter.create_session(stored_session("there", &user("there").id))).unwrap();
    let before = dump(&mut database.connect());
    let id = || "a:b".to_owned();
    let users: &dyn Fn(UserLookup) -> Option<User> = &|by| get(adapter.find_user(by)).unwrap();
    assert_eq!(users(UserLookup::Id(nobody())), None);
    assert_eq!(users(UserLookup::Key(id())), None);
    let unique = &User::UNIQUE[0];
    for values in [vec![Value::Text("x".to_owned())], vec![Value::Null], vec![Value::I32(1)], vec![]] {
        assert_eq!(users(UserLookup::Unique { index: 0, unique, values }), None);
    }
    assert_eq!(users(UserLookup::Unique { index: 99, unique, values: vec![Value::Null] }), None);
    let changes = UserChanges { logins: Some(1), ..UserChanges::default() };
    assert_eq!(get(adapter.update_user(nobody(), changes)).unwrap(), None);

    let keys = of_users(&adapter);
    assert!(get(keys.find_key(id())).unwrap().is_none());
    assert!(get(keys.keys_of(nobody())).unwrap().is_none());
    assert!(get(keys.create_key(stored_key("a:b", &nobody()))).unwrap_err().is_unknown_user());
    for password in [None, Some(PasswordHash::new("x"))] {
        assert_eq!(get(keys.consume_key(id(), password.clone(), NOW)).unwrap(), Consumed::Gone);
        assert!(!get(keys.replace_password(id(), password.clone(), None)).unwrap());
        let change =
            ChangePassword { key_id: id(), user_id: nobody(), old: password, new: None, session: None };
        assert!(!get(Adapter::<User>::change_password(&adapter, change)).unwrap());
    }
    assert!(!get(keys.rename_key(id(), "a:c".to_owned())).unwrap());
    assert!(!get(keys.delete_key(id())).unwrap());
    assert_eq!(get(keys.delete_expired_keys(Some(nobody()), NOW, 10)).unwrap(), 0);
    get(keys.delete_user(nobody())).unwrap();
    get(Adapter::<User>::remove_user(&adapter, nobody())).unwrap();

    assert_eq!(get(adapter.find_session(id())).unwrap(), None);
    assert_eq!(get(adapter.sessions_of(nobody())).unwrap(), []);
    assert_eq!(get(adapter.session_and_user(id())).unwrap(), None);
    assert!(get(adapter.create_session(stored_session("x", &nobody()))).unwrap_err().is_unknown_user());
    let renewal = Renewal { old: id(), new: stored_session("x", &nobody()), now: NOW, lost_before: NOW };
    assert_eq!(get(adapter.renew_session(renewal)).unwrap(), Renewed::Gone);
    get(adapter.present_session(id(), nobody(), NOW, NOW)).unwrap();
    get(adapter.delete_session(id())).unwrap();
    get(adapter.delete_sessions_of(nobody(), None)).unwrap();
    get(adapter.delete_sessions_of(nobody(), Some(id()))).unwrap();
    assert_eq!(get(adapter.delete_dead_sessions(Some(nobody()), NOW, 10)).unwrap(), 0);
    let start = |proof| StartSession { session: stored_session("x", &nobody()), proof, now: NOW };
    let start = |proof| get(Adapter::<User>::start_session(&adapter, start(proof)));
    assert!(start(Proof::User).unwrap_err().is_unknown_user());
    for single_use in [false, true] {
        assert!(!start(Proof::Key { id: id(), hashed_password: None, single_use }).unwrap());
    }
    assert_eq!(dump(&mut database.connect()), before);
}

#[test]
fn a_key_that_somebody_has_leaves_no_user_in_the_store() {
    let database = Database::new();
    let adapter = adapter(&database);
    for (id, taken) in [("ada", false), ("bob", true)] {
        let new = NewUser { user: user(id), key: Some(stored_key("a:b", &user(id).id)) };
        let outcome = get(adapter.create_user(Arc::new(new)));
        assert_eq!(outcome.is_err_and(|error| error.is_key_taken()), taken);
        let found = get(adapter.find_user(UserLookup::Id(UserId::new(id).unwrap()))).unwrap();
        assert_eq!(found.is_none(), taken);
    }
}

#[test]
fn deleting_a_user_in_the_store_deletes_the_primary_key_too() {
    let database = Database::new();
    let adapter = adapter(&database);
    let new = NewUser { user: user("ada"), key: Some(stored_key("a:b", &user("ada").id)) };
    get(adapter.create_user(Arc::new(new))).unwrap();
    get(adapter.delete_user(user("ada").id)).unwrap();
    assert_eq!(counts(&mut database.connect()), (0, 0, 0));
}

#[test]
fn a_step_compares_with_what_the_row_says_now() {
    let database = Database::new();
    let adapter = adapter(&database);
    let ada = user("ada").id;
    let new = NewUser { user: user("ada"), key: Some(stored_key("a:b", &ada)) };
    get(adapter.create_user(Arc::new(new))).unwrap();
    let start = |user_id: &UserId, hash: Option<&str>, single_use| {
        let proof =
            Proof::Key { id: "a:b".to_owned(), hashed_password: hash.map(PasswordHash::new), single_use };
        let start = StartSession { session: stored_session("x", user_id), proof, now: NOW };
        get(Adapter::<User>::start_session(&adapter, start)).unwrap()
    };
    assert!(!start(&ada, Some("x"), false), "another hash");
    assert!(!start(&ada, None, true), "not single-use");
    assert!(!start(&nobody(), None, false), "somebody else's key");
    assert_eq!(counts(&mut database.connect()).2, 0);
    assert!(start(&ada, None, false));
    assert_eq!(counts(&mut database.connect()).2, 1);
}

#[test]
fn more_sign_ups_than_the_pool_has_connections_exhaust_nothing() {
    let database = Database::new();
    let small = SqlitePool::open_with_readers(database.path(), 1).unwrap();
    let auths: [Auth<User>; 2] = [
        Builder::new(small).password_hasher(cheap_hasher()).development().unwrap(),
        Builder::new(Pooled::new(pool(&database, 2))).password_hasher(cheap_hasher()).development().unwrap(),
    ];
    for (n, auth) in auths.iter().enumerate() {
        for i in 0..300 {
            // Every other one fails.
            let key = format!("{n} {}", i / 2);
            let outcome = get(auth.create_user(with_password(&key), attributes(&format!("{n} {i}"))));
            assert_eq!(outcome.is_ok(), i % 2 == 0);
        }
    }
    assert_eq!(counts(&mut database.connect()), (300, 300, 0));
    for auth in &auths {
        assert!(get(auth.user_by_key(&name("0 0"))).unwrap().is_some());
    }
}

#[test]
fn a_full_disk_leaves_nothing_half_written_and_is_over_when_there_is_space() {
    let database = Database::new();
    let pool = pool(&database, 1);
    let pages = |pages: i64| {
        pool.get().unwrap().batch_execute(&format!("PRAGMA max_page_count = {pages}")).unwrap();
    };
    let now = number(&mut database.connect(), "SELECT page_count AS n FROM pragma_page_count");
    pages(now + 4);
    let auth: Auth<User> =
        Builder::new(Pooled::new(pool.clone())).password_hasher(cheap_hasher()).development().unwrap();
    let sign_up = |n: i32| get(auth.create_user(with_password(&n.to_string()), attributes(&n.to_string())));
    let full = (0..10_000).find_map(|n| sign_up(n).err()).expect("the disk is full at last");
    assert!(full.is_unavailable() && !full.is_taken(), "{full:?}");
    check_with_primary_keys(&mut database.connect());
    pages(1 << 30);
    assert!(sign_up(-1).is_ok());
}

#[test]
fn a_database_in_memory_or_without_readers_is_a_mistake_in_the_settings() {
    for path in ["", ":memory:", "file:x?mode=memory", "sqlite://:memory:"] {
        assert!(SqlitePool::open(path).unwrap_err().is_config(), "{path:?}");
    }
    assert!(SqlitePool::open_with_readers(Database::new().path(), 0).unwrap_err().is_config());
}

#[test]
fn production_needs_an_origin() {
    let database = Database::new();
    assert!(database.builder().production::<User>().unwrap_err().is_config());
    let origin = lucia::Origin::new("https://example.com").unwrap();
    assert!(database.builder().origins([origin]).production::<User>().is_ok());
}

#[test]
fn the_file_is_in_wal_mode_and_every_connection_enforces_foreign_keys() {
    let database = Database::new();
    let auth = database.auth();
    assert!(get(auth.create_session(&nobody())).unwrap_err().is_unknown_user());
    let mut conn = database.connect();
    assert_eq!(
        crate::support::texts(&mut conn, "SELECT journal_mode AS text FROM pragma_journal_mode"),
        ["wal"]
    );
    let rows = diesel::sql_query("SELECT 1").execute(&mut conn);
    assert!(rows.is_ok());
}
