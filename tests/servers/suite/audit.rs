//! The audit at the start, on PostgreSQL and MariaDB, by Diesel's own connections and by `diesel-async`.

use diesel::r2d2::{ConnectionManager, Pool};
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, deadpool};
use lucia::audit::{Code, Finding, Severity};
use lucia::diesel::{
    AnyPool, AsyncPooled, EmbeddedMigration, EmbeddedMigrations, Pooled, SESSION_MIGRATIONS, SessionTable,
};
use lucia_schema::Dialect;
use lucia_server_tests::Database;
use lucia_tests::{USER_SOURCE, User, block_on, schema_sql_for};

fn migrations() -> EmbeddedMigrations {
    let create = |dialect| {
        let sql = schema_sql_for(USER_SOURCE, dialect).leak();
        vec![EmbeddedMigration::new("1", "1_create", sql)].leak()
    };
    EmbeddedMigrations::new().postgres(create(Dialect::Postgres)).mysql(create(Dialect::Mysql))
}

/// The pools that lucia opens, one of each driver.
async fn pools(database: &Database) -> [AnyPool; 2] {
    let (url, async_url) = (database.url(), database.async_url());
    if url.starts_with("postgres") {
        let pool = tokio::task::spawn_blocking(move || Pooled::postgres(&url).unwrap());
        let by_async = AsyncPooled::postgres(&async_url).await.unwrap();
        [AnyPool::Postgres(pool.await.unwrap()), AnyPool::AsyncPostgres(by_async)]
    } else {
        let pool = tokio::task::spawn_blocking(move || Pooled::mysql(&url).unwrap());
        let by_async = AsyncPooled::mysql(&async_url).await.unwrap();
        [AnyPool::Mysql(pool.await.unwrap()), AnyPool::AsyncMysql(by_async)]
    }
}

fn codes(found: &[Finding]) -> Vec<(Code, Severity)> {
    found.iter().map(|finding| (finding.code, finding.severity)).collect()
}

/// That each of the pools finds this.
async fn assert_found(database: &Database, expected: &[(Code, Severity)]) {
    for pool in pools(database).await {
        let found = pool.audit::<User>().await.unwrap();
        assert_eq!(codes(&found), expected, "{pool:?} {found:#?}");
    }
}

#[test]
fn after_the_migrations_nothing_is_found() {
    for database in [Database::empty_postgres(), Database::empty_mariadb()] {
        block_on(async {
            assert_found(&database, &[(Code::MissingTable, Severity::Error); 3]).await;
            for pool in pools(&database).await {
                pool.migrate(&migrations()).await.unwrap();
            }
            assert_found(&database, &[]).await;
        });
    }
}

#[test]
fn a_narrow_column_is_found() {
    let narrow = [
        Database::postgres()
            .with("ALTER TABLE auth_user ALTER COLUMN username TYPE VARCHAR(8) COLLATE \"C\""),
        Database::mariadb().with(
            "ALTER TABLE auth_user MODIFY username VARCHAR(8) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL",
        ),
    ];
    for database in narrow {
        block_on(assert_found(&database, &[(Code::NarrowType, Severity::Error)]));
    }
}

/// The pools that lucia opens set a strict mode themselves; what others set is the app's affair, and found.
#[test]
fn a_server_that_cuts_what_does_not_fit_is_found_by_pools_that_let_it() {
    let database = Database::alone_on_mariadb(&["--sql-mode="]);
    let manager = ConnectionManager::<diesel::MysqlConnection>::new(database.url());
    let found = Pooled::new(Pool::builder().build(manager).unwrap()).audit::<User>().unwrap();
    assert_eq!(codes(&found), [(Code::SqlMode, Severity::Error)]);
    block_on(async {
        let manager =
            AsyncDieselConnectionManager::<diesel_async::AsyncMysqlConnection>::new(database.async_url());
        let pool = AsyncPooled::new(deadpool::Pool::builder(manager).build().unwrap());
        assert_eq!(pool.audit::<User>().await.unwrap(), found);
        assert_found(&database, &[]).await;
    });
}

#[test]
fn a_table_of_sessions_without_users_is_looked_at_too() {
    for database in [Database::empty_postgres(), Database::empty_mariadb()] {
        block_on(async {
            for pool in pools(&database).await {
                pool.migrate(&SESSION_MIGRATIONS).await.unwrap();
                assert_eq!(pool.audit::<SessionTable>().await.unwrap(), []);
            }
            database.execute("DROP TABLE auth_session");
            for pool in pools(&database).await {
                let found = pool.audit::<SessionTable>().await.unwrap();
                assert_eq!(codes(&found), [(Code::MissingTable, Severity::Error)]);
            }
        });
    }
}

#[test]
fn a_server_that_has_gone_is_unavailable() {
    for database in [Database::alone_on_postgres(&[]), Database::alone_on_mariadb(&[])] {
        block_on(async {
            let pools = pools(&database).await;
            database.stop();
            for pool in pools {
                let error = pool.audit::<User>().await.unwrap_err();
                assert!(error.is_unavailable(), "{pool:?} {error}");
            }
        });
    }
}
