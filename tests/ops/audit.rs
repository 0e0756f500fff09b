//! The audit at the start, on SQLite files.

use std::error::Error;

use diesel::connection::SimpleConnection;
use lucia::audit::{Audited, Code, Finding, Severity, audit};
use lucia::diesel::{AnyPool, EmbeddedMigration, Pooled, SESSION_MIGRATIONS, SessionTable, SqlitePool};
use lucia::{LuciaUser, UserId};
use lucia_tests::{Database, USER_SOURCE, User, for_sqlite, schema, schema_sql, with_source};
use tempfile::TempDir;

use crate::operations::pool;
use crate::support::get;

with_source! { SOURCE:
    #[derive(Clone, Debug, LuciaUser)]
    #[lucia(user_table = "member", session_table = "visit", key_table = "secret")]
    #[lucia(unique(tenant, name))]
    pub(crate) struct Member {
        pub(crate) id: UserId,
        #[lucia(index)]
        pub(crate) tenant: i64,
        #[lucia(max_length = 32, column = "called")]
        pub(crate) name: String,
        #[lucia(unique(nocase))]
        pub(crate) email: Option<String>,
        #[lucia(default = "\"#\\ {}'", max_length = 20)]
        pub(crate) motto: String,
        #[lucia(default = -0.5)]
        pub(crate) weight: f64,
        #[lucia(readonly, default = now)]
        pub(crate) since: chrono::NaiveDateTime,
        #[lucia(sql_type = Text, sqlite = "VARCHAR(8)", postgres = "VARCHAR(8)")]
        pub(crate) locale: Option<String>,
    }
}

fn codes(found: &[Finding]) -> Vec<(Code, Severity)> {
    found.iter().map(|finding| (finding.code, finding.severity)).collect()
}

/// What is found in a database of these tables, by the pool that lucia opens.
fn found(sql: &str) -> Vec<Finding> {
    let database = Database::with_schema(sql);
    SqlitePool::open(database.path()).unwrap().audit::<User>().unwrap()
}

#[test]
fn after_the_migrations_nothing_is_found() {
    let dir = TempDir::new().unwrap();
    let pool = SqlitePool::open(dir.path().join("app.db")).unwrap();
    let sql = schema_sql(SOURCE).leak();
    pool.migrate(&for_sqlite(&[EmbeddedMigration::new("1", "1_create", sql)])).unwrap();
    assert_eq!(pool.audit::<Member>().unwrap(), []);
    // Another user has other tables.
    assert_eq!(codes(&pool.audit::<User>().unwrap()), [(Code::MissingTable, Severity::Error); 3]);
}

#[test]
fn nor_by_a_pool_of_the_apps_own_a_url_or_a_connection() {
    let database = Database::new();
    assert_eq!(Pooled::new(pool(&database, 2)).audit::<User>().unwrap(), []);
    let by_url = get(AnyPool::open(database.path().to_str().unwrap())).unwrap();
    assert_eq!(get(by_url.audit::<User>()).unwrap(), []);
    assert_eq!(audit::<User, _>(&mut database.connect()).unwrap(), []);
}

#[test]
fn a_connection_without_foreign_keys_is_found() {
    let database = Database::new();
    let mut connection = database.connect();
    connection.batch_execute("PRAGMA foreign_keys = OFF").unwrap();
    let found = audit::<User, _>(&mut connection).unwrap();
    assert_eq!(codes(&found), [(Code::ForeignKeysOff, Severity::Error)]);
}

#[test]
fn an_index_that_is_not_there_is_found() {
    let found = found(&(schema_sql(USER_SOURCE) + "DROP INDEX auth_user_username_key;"));
    assert_eq!(codes(&found), [(Code::MissingUnique, Severity::Error)]);
    assert_eq!(found[0].table.as_deref(), Some("auth_user"));
    assert!(found[0].sql.as_ref().unwrap().contains("CREATE UNIQUE INDEX"));
}

#[test]
fn a_column_of_another_type_is_found() {
    let sql = schema_sql(USER_SOURCE);
    let other = sql.replace("`logins` INTEGER", "`logins` TEXT");
    assert_ne!(sql, other);
    let found = found(&other);
    assert_eq!(codes(&found), [(Code::OtherType, Severity::Error)]);
    assert_eq!(found[0].column.as_deref(), Some("logins"));
}

#[test]
fn a_table_of_sessions_without_users_is_looked_at_too() {
    let dir = TempDir::new().unwrap();
    let pool = SqlitePool::open(dir.path().join("sessions.db")).unwrap();
    let missing = pool.audit::<SessionTable>().unwrap();
    assert_eq!(codes(&missing), [(Code::MissingTable, Severity::Error); 2]);
    assert!(missing[0].mend.contains("`SESSION_MIGRATIONS`"), "{}", missing[0]);
    pool.migrate(&SESSION_MIGRATIONS).unwrap();
    assert_eq!(pool.audit::<SessionTable>().unwrap(), []);
}

/// What the derive tells at run time is what the build step writes migrations by.
#[test]
fn the_tables_are_those_of_the_struct() {
    assert_eq!(Member::schema().unwrap(), schema(SOURCE));
    assert_eq!(User::schema().unwrap(), schema(USER_SOURCE));
}

#[test]
fn a_derive_of_another_release_is_told() {
    let error = lucia::__private::schema::<User>("{}").unwrap_err();
    assert!(error.is_config() && error.source().is_some(), "{error}");
}

/// The file has gone bad, so that the database answers, and not what it was asked.
#[test]
fn a_database_that_cannot_tell_is_an_error_with_its_source() {
    let database = Database::new();
    let mut connection = database.connect();
    let broken =
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'nonsense' WHERE name = 'auth_user'";
    connection.batch_execute(broken).unwrap();
    let error = audit::<User, _>(&mut database.connect()).unwrap_err();
    assert!(!error.is_unavailable() && error.source().is_some(), "{error}");
}
