//! The four steps that touch users and sessions, by the bodies for two stores without a common transaction: what they do, and
//! that they leave no session good that should not be.

use std::path::Path;
use std::sync::Arc;

use lucia::adapter::{Adapter, Consumed, NewUser, Renewal, Renewed, SessionAdapter, UserAdapter, UserLookup};
use lucia::diesel::{DieselAdapter, SqlitePool};
use lucia::{
    Auth, Builder, Clock, Custom, LuciaUser, NewKey, PasswordHash, Result, StoredKey, StoredSession,
    UnixMillis, UserId,
};
use lucia_tests::{Database, User, attributes, cheap_hasher};

use crate::races::survivors_of_a_changed_password;
use crate::support::{counts, get, name, nobody, right, token, with_password, wrong};

type Store = DieselAdapter<User, SqlitePool>;

/// Users in one store, sessions in another: here both are the same file, but nothing relies on that.
struct TwoStores {
    users: Store,
    sessions: Store,
}

macro_rules! forward {
    ($store:ident as $trait:path: $($method:ident($($arg:ident: $type:ty),*) -> $output:ty;)*) => {$(
        async fn $method(&self, $($arg: $type),*) -> Result<$output> {
            <Store as $trait>::$method(&self.$store, $($arg),*).await
        }
    )*};
}

impl UserAdapter<User> for TwoStores {
    forward! { users as UserAdapter<User>:
        create_user(new: Arc<NewUser<User>>) -> ();
        find_user(by: UserLookup) -> Option<User>;
        update_user(id: UserId, changes: <User as LuciaUser>::Changes) -> Option<User>;
        delete_user(id: UserId) -> ();
        create_key(key: StoredKey) -> ();
        find_key(id: String) -> Option<StoredKey>;
        keys_of(user_id: UserId) -> Option<Vec<StoredKey>>;
        consume_key(id: String, password: Option<PasswordHash>, now: UnixMillis) -> Consumed;
        replace_password(id: String, old: Option<PasswordHash>, new: Option<PasswordHash>) -> bool;
        rename_key(id: String, new: String) -> bool;
        delete_key(id: String) -> bool;
        delete_expired_keys(user_id: Option<UserId>, now: UnixMillis, limit: u32) -> u32;
    }
}

impl SessionAdapter for TwoStores {
    forward! { sessions as SessionAdapter:
        create_session(session: StoredSession) -> ();
        find_session(id: String) -> Option<StoredSession>;
        sessions_of(user_id: UserId) -> Vec<StoredSession>;
        renew_session(renewal: Renewal) -> Renewed;
        present_session(id: String, user_id: UserId, now: UnixMillis, old_ends: UnixMillis) -> ();
        delete_session(id: String) -> ();
        delete_sessions_of(user_id: UserId, keep: Option<String>) -> ();
        delete_dead_sessions(user_id: Option<UserId>, now: UnixMillis, limit: u32) -> u32;
    }
}

impl Adapter<User> for TwoStores {}

fn open(path: &Path, clock: impl Clock) -> Auth<User> {
    let store = || DieselAdapter::new(SqlitePool::open(path).unwrap());
    Builder::new(Custom(TwoStores { users: store(), sessions: store() }))
        .clock(clock)
        .password_hasher(cheap_hasher())
        .development()
        .unwrap()
}

fn two(database: &Database) -> [Auth<User>; 2] {
    [0, 1].map(|_| open(&database.path(), database.clock.clone()))
}

#[test]
fn logging_in_checks_the_password_and_starts_a_session() {
    let database = Database::new();
    let [auth, _] = two(&database);
    let ada = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    assert!(get(auth.log_in(&name("ada"), &wrong())).unwrap().is_none());
    let session = get(auth.log_in(&name("ada"), &right())).unwrap().unwrap();
    assert_eq!(get(auth.validate_user(&token(&session))).unwrap().user, ada);
}

#[test]
fn a_session_for_an_unknown_user_leaves_no_row() {
    let database = Database::new();
    let [auth, _] = two(&database);
    assert!(get(auth.create_session(&nobody())).unwrap_err().is_unknown_user());
    assert_eq!(counts(&mut database.connect()), (0, 0, 0));
}

#[test]
fn a_code_logs_in_once() {
    let database = Database::new();
    let [auth, _] = two(&database);
    let ada = get(auth.create_user(None, attributes("ada"))).unwrap();
    let code = lucia::provider!("code").id("ada").unwrap();
    let key = NewKey::password(code.clone(), "493028").single_use(std::time::Duration::from_secs(60));
    get(auth.create_key(&ada.id, key)).unwrap();
    assert!(get(auth.log_in(&code, &"493028".into())).unwrap().is_some());
    assert!(get(auth.log_in(&code, &"493028".into())).unwrap().is_none());
}

#[test]
fn a_changed_password_ends_all_sessions_but_the_new_one() {
    let database = Database::new();
    let [auth, _] = two(&database);
    let ada = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    let old = get(auth.create_session(&ada.id)).unwrap();
    assert!(get(auth.change_password(&name("ada"), &wrong(), "battery staple".into())).unwrap().is_none());
    let new = get(auth.change_password(&name("ada"), &right(), "battery staple".into())).unwrap().unwrap();
    assert!(get(auth.validate(&token(&old))).unwrap_err().is_invalid_session());
    assert!(get(auth.validate(&token(&new))).is_ok());
    assert_eq!(get(auth.sessions(&ada.id)).unwrap().len(), 1);
}

#[test]
fn a_removed_user_leaves_nothing() {
    let database = Database::new();
    let [auth, _] = two(&database);
    let ada = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    let session = get(auth.create_session(&ada.id)).unwrap();
    get(auth.delete_user(&ada.id)).unwrap();
    assert!(get(auth.validate(&token(&session))).unwrap_err().is_invalid_session());
    assert_eq!(counts(&mut database.connect()), (0, 0, 0));
}

#[test]
fn nobody_slips_in_with_a_password_that_is_being_changed() {
    assert_eq!(survivors_of_a_changed_password(&two(&Database::new())), 0);
}
