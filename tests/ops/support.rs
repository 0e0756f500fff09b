//! What the tests of the operations share: the two faces of `Auth`, keys and passwords, and the rows as they are.

use std::sync::LazyLock;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use lucia::{KeyId, NewKey, Password, Provider, Session, SessionToken, UserId, provider};
use lucia_tests::{USERNAME, auth_key, auth_session, auth_user};
use tokio::runtime::Runtime;

pub(crate) const EMAIL: Provider = provider!("email");
pub(crate) const LINK: Provider = provider!("magic-link");
pub(crate) const PASSWORD: &str = "correct horse";

pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const DAY: i64 = 86_400_000;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

/// The result of an operation of the async face.
pub(crate) fn get<T>(operation: impl Future<Output = T>) -> T {
    RUNTIME.block_on(operation)
}

/// The result of an operation of the blocking face, which is there already.
pub(crate) fn ready<T>(result: T) -> T {
    result
}

pub(crate) fn name(identifier: &str) -> KeyId {
    USERNAME.id(identifier).unwrap()
}

/// A key with [`PASSWORD`].
pub(crate) fn with_password(identifier: &str) -> NewKey {
    NewKey::password(name(identifier), PASSWORD)
}

pub(crate) fn right() -> Password {
    Password::from(PASSWORD)
}

pub(crate) fn wrong() -> Password {
    Password::from("wrong horse")
}

pub(crate) fn nobody() -> UserId {
    UserId::new("nobody").unwrap()
}

/// The same token once more, as a request presents it.
pub(crate) fn again(token: &SessionToken) -> SessionToken {
    SessionToken::parse(token.expose()).unwrap()
}

/// The token of a session that was just created or renewed.
pub(crate) fn token(session: &Session) -> SessionToken {
    again(session.token().unwrap())
}

/// Runs a body in a transaction and undoes it.
pub(crate) fn rolled_back<T>(
    conn: &mut SqliteConnection,
    body: impl FnOnce(&mut SqliteConnection) -> T,
) -> T {
    let mut result = None;
    let outcome = conn.transaction::<(), _, _>(|conn| {
        result = Some(body(conn));
        Err(diesel::result::Error::RollbackTransaction)
    });
    assert_eq!(outcome, Err(diesel::result::Error::RollbackTransaction));
    result.unwrap()
}

/// A test of the operations that has to hold on a pool, and as well inside a transaction of the caller, of which nothing
/// stays once it is rolled back.
macro_rules! on_both_faces {
    ($($(#[$meta:meta])* fn $name:ident($database:ident, $auth:ident) $body:block)*) => {$(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, reason = "what every test of the file may need")]
            use super::*;

            #[test]
            fn on_a_pool() {
                #[allow(unused_imports, reason = "as above")]
                use crate::support::get;
                let $database = lucia_tests::Database::new();
                let $auth = $database.auth();
                $body
            }

            #[test]
            fn in_a_transaction_that_is_rolled_back() {
                #[allow(unused_imports, reason = "as above")]
                use crate::support::ready as get;
                let $database = lucia_tests::Database::new();
                let auth = $database.auth();
                let before = crate::support::dump(&mut $database.connect());
                crate::support::rolled_back(&mut $database.connect(), |conn| {
                    let $auth = auth.on(conn);
                    $body
                });
                assert_eq!(crate::support::dump(&mut $database.connect()), before);
            }
        }
    )*};
}

pub(crate) type KeyRow = (String, String, bool, Option<String>, Option<i64>);
pub(crate) type SessionRow = (String, String, i64, i64, Option<i64>, Option<i64>, Option<String>);

pub(crate) fn key_rows(conn: &mut SqliteConnection) -> Vec<KeyRow> {
    auth_key::table.order(auth_key::id).load(conn).unwrap()
}

pub(crate) fn session_rows(conn: &mut SqliteConnection) -> Vec<SessionRow> {
    auth_session::table.order(auth_session::id).load(conn).unwrap()
}

/// How many rows the tables of users, keys and sessions have.
pub(crate) fn counts(conn: &mut SqliteConnection) -> (i64, i64, i64) {
    (
        auth_user::table.count().get_result(conn).unwrap(),
        auth_key::table.count().get_result(conn).unwrap(),
        auth_session::table.count().get_result(conn).unwrap(),
    )
}

/// Every row of the three tables, as text.
pub(crate) fn dump(conn: &mut SqliteConnection) -> Vec<String> {
    let users: Vec<lucia_tests::User> =
        auth_user::table.select(lucia_tests::User::as_select()).order(auth_user::id).load(conn).unwrap();
    let users = users.iter().map(|user| format!("{user:?}"));
    let keys: Vec<String> = key_rows(conn).iter().map(|row| format!("{row:?}")).collect();
    let sessions: Vec<String> = session_rows(conn).iter().map(|row| format!("{row:?}")).collect();
    users.chain(keys).chain(sessions).collect()
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// The number that a query `SELECT .. AS n` gives.
pub(crate) fn number(conn: &mut SqliteConnection, sql: &str) -> i64 {
    diesel::sql_query(sql).get_result::<Counted>(conn).unwrap().n
}

#[derive(QueryableByName)]
struct Said {
    #[diesel(sql_type = Text)]
    text: String,
}

/// The texts that a query `SELECT .. AS text` gives.
pub(crate) fn texts(conn: &mut SqliteConnection, sql: &str) -> Vec<String> {
    diesel::sql_query(sql).load::<Said>(conn).unwrap().into_iter().map(|said| said.text).collect()
}
