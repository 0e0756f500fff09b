//! The runner of embedded migrations on PostgreSQL and MariaDB: processes that start at once, and processes that are killed.

use std::process::{Child, Command, Stdio};
use std::sync::Barrier;
use std::time::{Duration, Instant};

use diesel::{Connection, MysqlConnection, PgConnection};
use lucia::Builder;
use lucia::diesel::{AsyncPooled, EmbeddedMigration, EmbeddedMigrations, run_migrations};
use lucia_schema::sql::{Backfill, migrate};
use lucia_schema::{Dialect, Rename};
use lucia_server_tests::Database;
use lucia_tests::{block_on, schema};

/// The database that a process migrates.
const URL: &str = "LUCIA_TESTS_MIGRATE";
const USERS: usize = 5_000;

/// An app whose struct has changed in many ways, and which has tables of its own. On MySQL that takes many statements, of which
/// most end a transaction.
fn migrations(dialect: Dialect) -> EmbeddedMigrations {
    let old = schema(
        "struct User { id: UserId, name: String, nick: Option<String>, #[lucia(unique)] mail: Option<String> }",
    );
    let new = schema(
        "struct User { id: UserId, name: String, #[lucia(unique)] email: Option<String>, country: String,
         #[lucia(default = 0)] logins: i32, #[lucia(index)] born: Option<i64> }",
    );
    let backfill = Backfill {
        table: "auth_user".to_owned(),
        column: "country".to_owned(),
        sql: "substr(name, 1, 2)".to_owned(),
    };
    let renames = [Rename::new("auth_user", "mail", "email")];
    let change = migrate(&old, &new, &renames, &[backfill], dialect).unwrap().up.sql;
    let own =
        "CREATE TABLE log (n INTEGER); INSERT INTO log VALUES (1); ALTER TABLE log ADD COLUMN m INTEGER;
               UPDATE log SET m = n + 1; INSERT INTO log VALUES (3, 4); ALTER TABLE log DROP COLUMN n;
               CREATE INDEX names ON auth_user (name);";
    let create = lucia_schema::sql::create(&old, dialect);
    // Out of order: the version decides, not the place in the list.
    let all = vec![
        EmbeddedMigration::new("20260102000000", "2026-01-02-000000_change", (change + own).leak()),
        EmbeddedMigration::new("20260101000000", "2026-01-01-000000_create", create.leak()),
    ];
    for_database(dialect, all)
}

fn for_database(dialect: Dialect, all: Vec<EmbeddedMigration>) -> EmbeddedMigrations {
    match dialect {
        Dialect::Postgres => EmbeddedMigrations::new().postgres(all.leak()),
        _ => EmbeddedMigrations::new().mysql(all.leak()),
    }
}

/// The first of them only.
fn first(dialect: Dialect) -> EmbeddedMigrations {
    let all = migrations(dialect);
    for_database(dialect, all.postgres.or(all.mysql).unwrap()[1..].to_vec())
}

fn empty(dialect: Dialect) -> Database {
    match dialect {
        Dialect::Postgres => Database::empty_postgres(),
        _ => Database::empty_mariadb(),
    }
}

fn run(url: &str, migrations: &EmbeddedMigrations) -> lucia::Result<Vec<&'static str>> {
    if url.starts_with("postgres") {
        run_migrations(&mut PgConnection::establish(url).unwrap(), migrations)
    } else {
        run_migrations(&mut MysqlConnection::establish(url).unwrap(), migrations)
    }
}

/// Everything that the migrations make, and every row.
fn state(database: &Database) -> Vec<String> {
    let columns = format!(
        "SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable) AS line FROM information_schema.columns
         WHERE table_name LIKE 'auth%' AND table_schema = '{}' ORDER BY 1",
        database.schema()
    );
    let rows = [
        &columns,
        "SELECT concat_ws(' ', id, name, email, country, logins) AS line FROM auth_user ORDER BY 1",
        "SELECT concat_ws(' ', 'log', m) AS line FROM log ORDER BY 1",
        "SELECT version AS line FROM __diesel_schema_migrations ORDER BY 1",
    ];
    rows.into_iter().flat_map(|sql| database.lines(sql)).collect()
}

/// How many of these tables there are.
fn tables(database: &Database, names: &str) -> usize {
    let sql = format!(
        "SELECT table_name AS line FROM information_schema.tables
         WHERE table_name IN ({names}) AND table_schema = '{}'",
        database.schema()
    );
    database.lines(&sql).len()
}

fn add_users(database: &Database, users: usize) {
    let rows: Vec<String> = (0..users).map(|n| format!("('user{n}', 'name{n}', NULL, 'mail{n}')")).collect();
    database.execute(&format!("INSERT INTO auth_user (id, name, nick, mail) VALUES {}", rows.join(", ")));
}

fn eight_at_once(dialect: Dialect) {
    let all = migrations(dialect);
    for _ in 0..20 {
        let database = empty(dialect);
        let (url, barrier) = (database.url(), Barrier::new(8));
        let ran: usize = std::thread::scope(|scope| {
            let start = || {
                barrier.wait();
                run(&url, &all).unwrap().len()
            };
            let starters: Vec<_> = (0..8).map(|_| scope.spawn(start)).collect();
            starters.into_iter().map(|starter| starter.join().unwrap()).sum()
        });
        assert_eq!(ran, 2);
        assert_eq!(state(&database).iter().filter(|line| line.starts_with("log")).count(), 2);
    }
}

#[test]
fn of_eight_that_start_at_once_one_runs_each_migration_on_postgres() {
    eight_at_once(Dialect::Postgres);
}

#[test]
fn of_eight_that_start_at_once_one_runs_each_migration_on_mariadb() {
    eight_at_once(Dialect::Mysql);
}

/// Not a test of its own: what the next ones start as a process, to kill it.
#[test]
fn migrates_until_it_is_killed() {
    let Ok(url) = std::env::var(URL) else { return };
    let dialect = if url.starts_with("postgres") { Dialect::Postgres } else { Dialect::Mysql };
    run(&url, &migrations(dialect)).unwrap();
}

fn process(url: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "migrate::migrates_until_it_is_killed", "--test-threads", "1"])
        .env(URL, url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Kills the process fifty times, at moments that are spread over the time that it takes. Returns how many kills came in the
/// middle.
fn fifty_kills(dialect: Dialect, in_the_middle: &dyn Fn(&Database) -> bool) -> usize {
    let all = migrations(dialect);
    let prepared = || {
        let database = empty(dialect);
        run(&database.url(), &first(dialect)).unwrap();
        add_users(&database, USERS);
        database
    };
    let whole = prepared();
    let started = Instant::now();
    assert!(process(&whole.url()).wait().unwrap().success());
    let (takes, expected) = (started.elapsed(), state(&whole));
    assert!(expected.len() > USERS);
    let mut middle = 0;
    for kill in 0..50 {
        let database = prepared();
        let mut child = process(&database.url());
        std::thread::sleep(takes.mul_f64(f64::from(kill) / 50.0).max(Duration::from_millis(5)));
        child.kill().unwrap();
        child.wait().unwrap();
        middle += usize::from(in_the_middle(&database));
        run(&database.url(), &all).unwrap();
        assert_eq!(state(&database), expected, "after kill {kill}");
        assert_eq!(run(&database.url(), &all).unwrap(), [""; 0]);
    }
    middle
}

#[test]
fn after_fifty_kills_in_the_middle_running_it_again_succeeds_on_postgres() {
    // What was begun there is undone, so that nobody sees where it was.
    fifty_kills(Dialect::Postgres, &|_| false);
}

#[test]
fn after_fifty_kills_in_the_middle_running_it_again_succeeds_on_mariadb() {
    let begun = |database: &Database| {
        let progress = "SELECT version AS line FROM __lucia_migration WHERE version = '20260102000000'";
        tables(database, "'__lucia_migration'") == 1 && !database.lines(progress).is_empty()
    };
    let middle = fifty_kills(Dialect::Mysql, &begun);
    assert!(middle >= 5, "only {middle} kills came in the middle");
}

fn a_failure_is_named(dialect: Dialect, left: usize) {
    let database = empty(dialect);
    let broken = |sql: &str| {
        let second = format!("CREATE TABLE two (n INTEGER); {sql}").leak();
        for_database(
            dialect,
            vec![
                EmbeddedMigration::new("1", "1_one", "CREATE TABLE one (n INTEGER);"),
                EmbeddedMigration::new("2", "2_two", second),
                EmbeddedMigration::new("3", "3_three", "CREATE TABLE three (n INTEGER);"),
            ],
        )
    };
    let made = || tables(&database, "'one', 'two', 'three', 'more'");
    for _ in 0..2 {
        let error = run(&database.url(), &broken("ALTER TABLE nowhere ADD COLUMN n INTEGER;")).unwrap_err();
        assert!(error.is_config() && error.to_string().contains("`2_two`"), "{error}");
        assert!(std::error::Error::source(&error).is_some());
        assert_eq!(made(), left);
    }
    // The reason is removed.
    let ran = run(&database.url(), &broken("CREATE TABLE more (n INTEGER);")).unwrap();
    assert_eq!(ran, ["2_two", "3_three"]);
    assert_eq!(made(), 4);
}

#[test]
fn of_a_migration_that_fails_nothing_is_left_on_postgres() {
    a_failure_is_named(Dialect::Postgres, 1);
}

/// A statement that has failed is not taken for one that is done, though its error looks the same the second time.
#[test]
fn a_migration_that_fails_goes_on_there_once_the_reason_is_removed_on_mariadb() {
    a_failure_is_named(Dialect::Mysql, 2);
}

#[test]
fn by_diesel_async_too() {
    for dialect in [Dialect::Postgres, Dialect::Mysql] {
        let (database, all) = (empty(dialect), migrations(dialect));
        block_on(async {
            for _ in 0..2 {
                if dialect == Dialect::Postgres {
                    let pool = AsyncPooled::postgres(&database.async_url()).await.unwrap();
                    let _ = Builder::new(pool).migrate(all).await.unwrap();
                } else {
                    let pool = AsyncPooled::mysql(&database.async_url()).await.unwrap();
                    let _ = Builder::new(pool).migrate(all).await.unwrap();
                }
            }
        });
        assert_eq!(database.lines("SELECT version AS line FROM __diesel_schema_migrations").len(), 2);
    }
}

#[test]
fn without_migrations_for_a_database_it_is_said_what_to_write() {
    let database = Database::empty_postgres();
    let error = run(&database.url(), &EmbeddedMigrations::new()).unwrap_err();
    assert!(error.is_config() && error.to_string().contains("`.postgres()`"), "{error}");
}
