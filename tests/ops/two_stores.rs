//! Two stores without a common transaction, of which the one with the sessions does not know who the users are; and whatever
//! happens between their steps.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use lucia::adapter::{Adapter, Consumed, NewUser, Renewal, Renewed, SessionAdapter, UserAdapter, UserLookup};
use lucia::diesel::{DieselAdapter, SqlitePool};
use lucia::{
    Auth, Builder, Custom, Error, LuciaUser, Password, PasswordHash, Result, Session, StoredKey,
    StoredSession, UnixMillis, UserId,
};
use lucia_tests::{Database, User, cheap_hasher};

use crate::support::{get, name, texts};

type Inner = DieselAdapter<User, SqlitePool>;

/// What happens just before a step, once.
pub(crate) enum Before {
    Meanwhile(Pin<Box<dyn Future<Output = ()> + Send>>),
    Fail(Error),
    Stop,
}

/// The name of a step, how many calls of it pass first, and what comes before the next one.
pub(crate) type Plan = Arc<Mutex<Option<(&'static str, usize, Before)>>>;

struct TwoStores {
    inner: Inner,
    plan: Plan,
}

impl TwoStores {
    async fn before(&self, step: &'static str) -> Result<()> {
        match self.due(step) {
            Some(Before::Meanwhile(other)) => other.await,
            Some(Before::Fail(error)) => return Err(error),
            // As a process that is killed: what comes after never happens.
            Some(Before::Stop) => std::future::pending().await,
            None => {}
        }
        Ok(())
    }

    fn due(&self, step: &'static str) -> Option<Before> {
        let mut plan = self.plan.lock().unwrap();
        match plan.as_mut() {
            Some((planned, passes, _)) if *planned == step && *passes > 0 => {
                *passes -= 1;
                None
            }
            Some((planned, ..)) if *planned == step => plan.take().map(|(_, _, before)| before),
            _ => None,
        }
    }
}

/// Every step as the inner adapter does it.
macro_rules! forward {
    ($trait:path: $($method:ident($($arg:ident: $type:ty),*) -> $output:ty;)*) => {$(
        async fn $method(&self, $($arg: $type),*) -> Result<$output> {
            self.before(stringify!($method)).await?;
            <Inner as $trait>::$method(&self.inner, $($arg),*).await
        }
    )*};
}

impl UserAdapter<User> for TwoStores {
    forward! { UserAdapter<User>:
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
    forward! { SessionAdapter:
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

/// A file whose sessions point to nothing: only the steps see to it that there are none without a user.
pub(crate) fn database() -> Database {
    let database = Database::new();
    let mut conn = database.connect();
    let sql = "SELECT sql AS text FROM sqlite_master WHERE tbl_name = 'auth_session' AND sql IS NOT NULL";
    let statements = texts(&mut conn, sql).join(";\n");
    let (before, key) = statements.split_once(",\n    CONSTRAINT `auth_session_user_id_fkey`").unwrap();
    let (_, after) = key.split_once("REFERENCES `auth_user` (`id`)").unwrap();
    conn.batch_execute(&format!("DROP TABLE auth_session; {before}{after}")).unwrap();
    database
}

pub(crate) fn auth_with_plan(database: &Database) -> (Auth<User>, Plan) {
    let plan = Plan::default();
    let inner = DieselAdapter::new(SqlitePool::open(database.path()).unwrap());
    let auth = Builder::new(Custom(TwoStores { inner, plan: Arc::clone(&plan) }))
        .clock(database.clock.clone())
        .password_hasher(cheap_hasher())
        .development()
        .unwrap();
    (auth, plan)
}

pub(crate) fn auth(database: &Database) -> Auth<User> {
    auth_with_plan(database).0
}

pub(crate) fn two(database: &Database) -> [Auth<User>; 2] {
    [auth(database), auth(database)]
}

/// Before the call of `step` that comes after `passes` others, `other` happens from beginning to end.
pub(crate) fn meanwhile(
    plan: &Plan,
    step: &'static str,
    passes: usize,
    other: impl Future<Output = ()> + Send + 'static,
) {
    *plan.lock().unwrap() = Some((step, passes, Before::Meanwhile(Box::pin(other))));
}

pub(crate) fn fail(plan: &Plan, step: &'static str, passes: usize) {
    fail_by(plan, step, passes, Error::unavailable("it is down"));
}

pub(crate) fn fail_by(plan: &Plan, step: &'static str, passes: usize, error: Error) {
    *plan.lock().unwrap() = Some((step, passes, Before::Fail(error)));
}

/// Runs an operation up to the call of `step` that comes after `passes` others, and no further; `false` when it came to its
/// end without that call.
pub(crate) fn stopped<T>(
    plan: &Plan,
    step: &'static str,
    passes: usize,
    operation: impl Future<Output = T> + Send,
) -> bool {
    *plan.lock().unwrap() = Some((step, passes, Before::Stop));
    get(async {
        let reached = async {
            while !happened(plan) {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::select! {
            () = reached => true,
            _ = operation => {
                plan.lock().unwrap().take();
                false
            }
        }
    })
}

pub(crate) fn happened(plan: &Plan) -> bool {
    plan.lock().unwrap().is_none()
}

pub(crate) fn new() -> Password {
    Password::from("battery staple")
}

pub(crate) fn newest() -> Password {
    Password::from("paper clip 123")
}

pub(crate) fn log_in(auth: &Auth<User>, password: &Password) -> Option<Session> {
    get(auth.log_in(&name("ada"), password)).unwrap()
}
