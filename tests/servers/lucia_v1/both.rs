//! One database with both on it.

use diesel::connection::SimpleConnection as _;
use lucia::diesel::{Pooled, SqlitePool};
use lucia::{Auth, Builder, SessionToken, Store};
use lucia_schema::Dialect;
use lucia_server_tests::Database;
use lucia_tests::{block_on, cheap_hasher, schema_sql_for};
use serde_json::{Value, json};

use crate::member::{Member, PASSWORD, SOURCE, attributes, with_password};
use crate::neighbour::LuciaV1;

/// Both on one database.
#[derive(Debug)]
pub(crate) struct Both {
    /// This library, which shares the database.
    pub(crate) here: Auth<Member>,
    /// This library as it is once Lucia v1 is switched off.
    pub(crate) after: Auth<Member>,
    /// Lucia v1.
    pub(crate) there: LuciaV1,
    pub(crate) dialect: Dialect,
    database: Place,
}

#[derive(Debug)]
enum Place {
    Sqlite(lucia_tests::Database),
    Server(Database),
}

/// What the guide says to do about MySQL: the ids of keys are ASCII there, which Lucia v1 does not keep to.
const ANY_SCRIPT: &str = "ALTER TABLE auth_key MODIFY id \
    VARCHAR(288) CHARACTER SET utf8mb4 COLLATE /*!80017 utf8mb4_0900_bin */ /*M!100200 utf8mb4_nopad_bin */ NOT NULL";

impl Both {
    pub(crate) fn on_sqlite(test: &impl AsyncFn(&Self)) {
        let database = lucia_tests::Database::with_schema(&schema_sql_for(SOURCE, Dialect::Sqlite));
        let path = database.path();
        let there = LuciaV1::start("sqlite", path.to_str().unwrap());
        let pool = || SqlitePool::open(&path).unwrap();
        Self::run([pool(), pool()], there, Dialect::Sqlite, Place::Sqlite(database), test);
    }

    pub(crate) fn on_postgres(test: &impl AsyncFn(&Self)) {
        let database = Database::empty_postgres();
        database.execute(&schema_sql_for(SOURCE, Dialect::Postgres));
        let url = database.url();
        let pool = || Pooled::postgres(&url).unwrap();
        let there = LuciaV1::start("postgres", &url);
        Self::run([pool(), pool()], there, Dialect::Postgres, Place::Server(database), test);
    }

    pub(crate) fn on_mariadb(test: &impl AsyncFn(&Self)) {
        let database = Database::empty_mariadb();
        database.execute(&schema_sql_for(SOURCE, Dialect::Mysql));
        database.execute(ANY_SCRIPT);
        let url = database.url();
        let pool = || Pooled::mysql(&url).unwrap();
        let there = LuciaV1::start("mysql", &url.replace("unix_socket=", "socketPath="));
        Self::run([pool(), pool()], there, Dialect::Mysql, Place::Server(database), test);
    }

    fn run<S: Store<Member>>(
        [shared, ours]: [S; 2],
        there: LuciaV1,
        dialect: Dialect,
        database: Place,
        test: &impl AsyncFn(&Self),
    ) {
        block_on(async {
            let here = Builder::new(shared).shared_with_lucia_v1().development().unwrap();
            let hasher = lucia::LuciaV1::or(cheap_hasher());
            let after = Builder::new(ours).password_hasher(hasher).development().unwrap();
            test(&Self { here, after, there, dialect, database }).await;
        });
    }

    /// Runs a statement, as time or somebody else would.
    pub(crate) fn execute(&self, sql: &str) {
        match &self.database {
            Place::Sqlite(database) => database.connect().batch_execute(sql).unwrap(),
            Place::Server(database) => database.execute(sql),
        }
    }

    /// Makes all sessions idle.
    pub(crate) fn make_idle(&self) {
        self.execute("UPDATE auth_session SET active_expires = 1");
    }

    /// Signs somebody up here.
    pub(crate) async fn sign_up_here(&self, name: &str) -> Member {
        self.here.create_user(with_password(name), attributes(name)).await.unwrap()
    }

    /// Signs somebody up there; the id.
    pub(crate) async fn sign_up_there(&self, name: &str) -> String {
        let key = json!({ "providerId": "username", "providerUserId": name, "password": PASSWORD });
        let user =
            self.there.ok("createUser", json!([{ "primaryKey": key, "attributes": { "username": name } }]));
        text(&user.await["userId"])
    }

    /// Starts a session there; its id, which is its token.
    pub(crate) async fn session_there(&self, user_id: &str) -> SessionToken {
        session_token(&self.there.ok("createSession", json!([user_id])).await)
    }
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is not text")).to_owned()
}

/// The token of a session as Lucia v1 describes it.
pub(crate) fn session_token(session: &Value) -> SessionToken {
    SessionToken::parse(text(&session["sessionId"])).unwrap()
}
