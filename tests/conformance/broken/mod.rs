//! Adapters with a flaw: whatever a rule of the suite is for, it finds. Each test names the flaw by its type and the rule that has
//! to find it; a flaw that shows only in a race makes it sure to be lost by waiting where others must not come in between.

mod cross;
mod keys;
mod sessions;
mod sweeps;
mod users;

use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use lucia::adapter::{
    Adapter, ChangePassword, Consumed, NewUser, Renewal, Renewed, SessionAdapter, StartSession, UserAdapter,
    UserLookup,
};
use lucia::conformance::{Setup, check};
use lucia::diesel::{DieselAdapter, SqlitePool};
use lucia::{LuciaUser, MemoryAdapter, PasswordHash, Result, StoredKey, StoredSession, UnixMillis, UserId};
use lucia_tests::{Database, schema_sql};

use crate::user::{self, SOURCE, User};

/// A store without a flaw.
trait Base: Send + Sync + 'static {
    type Adapter: Adapter<User>;
    /// One with nothing in it.
    fn empty() -> Self;
    /// The same one, for another process.
    fn again(&self) -> Self;
    fn adapter(&self) -> &Self::Adapter;
}

struct InMemory(MemoryAdapter<User>);

impl Base for InMemory {
    type Adapter = MemoryAdapter<User>;

    fn empty() -> Self {
        Self(MemoryAdapter::new())
    }

    fn again(&self) -> Self {
        Self(self.0.clone())
    }

    fn adapter(&self) -> &MemoryAdapter<User> {
        &self.0
    }
}

/// For flaws that are a wrong statement of SQL.
struct OnFile {
    database: Arc<Database>,
    adapter: DieselAdapter<User, SqlitePool>,
}

impl OnFile {
    fn on(database: Arc<Database>) -> Self {
        let adapter = DieselAdapter::new(SqlitePool::open(database.path()).unwrap());
        Self { database, adapter }
    }

    /// Runs SQL that the foreign keys do not keep from doing harm.
    fn sql(&self, sql: &str) {
        let mut conn = self.database.connect();
        conn.batch_execute("PRAGMA foreign_keys = OFF").unwrap();
        conn.batch_execute(sql).unwrap();
    }
}

impl Base for OnFile {
    type Adapter = DieselAdapter<User, SqlitePool>;

    fn empty() -> Self {
        Self::on(Arc::new(Database::with_schema(&schema_sql(SOURCE))))
    }

    fn again(&self) -> Self {
        Self::on(Arc::clone(&self.database))
    }

    fn adapter(&self) -> &DieselAdapter<User, SqlitePool> {
        &self.adapter
    }
}

/// Lets rivals come in between.
async fn meanwhile() {
    tokio::time::sleep(Duration::from_millis(2)).await;
}

/// From the list of steps: what a flaw can change of each, and the adapter that has the flaw.
macro_rules! steps {
    ($($trait:path { $(fn $step:ident($($arg:ident: $type:ty),*) -> $output:ty;)* })*) => {
        /// What is wrong: the steps that are written out are, all others are as they should be.
        trait Flaw: Send + Sync + Sized + 'static {
            type Base: Base;

            $($(fn $step(base: &Self::Base, $($arg: $type),*) -> impl Future<Output = Result<$output>> + Send {
                <<Self::Base as Base>::Adapter as $trait>::$step(base.adapter(), $($arg),*)
            })*)*
        }

        $(impl<F: Flaw> $trait for Broken<F> {
            $(fn $step(&self, $($arg: $type),*) -> impl Future<Output = Result<$output>> + Send {
                F::$step(&self.base, $($arg),*)
            })*
        })*
    };
}

steps! {
    UserAdapter<User> {
        fn create_user(new: Arc<NewUser<User>>) -> ();
        fn find_user(by: UserLookup) -> Option<User>;
        fn update_user(id: UserId, changes: <User as LuciaUser>::Changes) -> Option<User>;
        fn delete_user(id: UserId) -> ();
        fn create_key(key: StoredKey) -> ();
        fn find_key(id: String) -> Option<StoredKey>;
        fn keys_of(user_id: UserId) -> Option<Vec<StoredKey>>;
        fn consume_key(id: String, password: Option<PasswordHash>, now: UnixMillis) -> Consumed;
        fn replace_password(id: String, old: Option<PasswordHash>, new: Option<PasswordHash>) -> bool;
        fn rename_key(id: String, new: String) -> bool;
        fn delete_key(id: String) -> bool;
        fn delete_expired_keys(user_id: Option<UserId>, now: UnixMillis, limit: u32) -> u32;
    }
    SessionAdapter {
        fn create_session(session: StoredSession) -> ();
        fn find_session(id: String) -> Option<StoredSession>;
        fn sessions_of(user_id: UserId) -> Vec<StoredSession>;
        fn renew_session(renewal: Renewal) -> Renewed;
        fn present_session(id: String, user_id: UserId, now: UnixMillis, old_ends: UnixMillis) -> ();
        fn delete_session(id: String) -> ();
        fn delete_sessions_of(user_id: UserId, keep: Option<String>) -> ();
        fn delete_dead_sessions(user_id: Option<UserId>, now: UnixMillis, limit: u32) -> u32;
    }
    Adapter<User> {
        fn session_and_user(id: String) -> Option<(StoredSession, User)>;
        fn start_session(start: StartSession) -> bool;
        fn change_password(change: ChangePassword) -> bool;
        fn remove_user(id: UserId) -> ();
    }
}

/// The adapter that has the flaw.
struct Broken<F: Flaw> {
    base: F::Base,
    flaw: PhantomData<fn() -> F>,
}

struct Trial<F: Flaw>(F::Base);

impl<F: Flaw> Setup for Trial<F> {
    type User = User;
    type Adapter = Broken<F>;

    async fn empty() -> Self {
        Self(F::Base::empty())
    }

    async fn adapter(&self) -> Broken<F> {
        Broken { base: self.0.again(), flaw: PhantomData }
    }

    fn user(id: UserId, n: u32) -> User {
        user::user(id, n)
    }

    fn changes(n: u32) -> <User as LuciaUser>::Changes {
        user::changes(n)
    }
}

/// The store as it is, with the same wrapper around it.
struct Sound<B>(PhantomData<fn() -> B>);

impl<B: Base> Flaw for Sound<B> {
    type Base = B;
}

/// Fails unless the rule finds the flaw, and says in which step; every time, and not where there is no flaw.
fn is_found<F: Flaw>(rule: &str, step: &str) {
    for _ in 0..3 {
        let failure = check::<Trial<F>>(rule).expect_err("the flaw is not found");
        assert!(failure.to_string().starts_with(step), "{failure}");
    }
    check::<Trial<Sound<F::Base>>>(rule).expect("the rule asks for more than there is");
}

/// A test for each flaw: the rule that finds it, and the step that it finds fault with.
macro_rules! found {
    ($($name:ident: $flaw:ident by $rule:literal in $step:literal;)*) => {$(
        #[test]
        fn $name() {
            super::is_found::<$flaw>($rule, $step);
        }
    )*};
}
use found;
