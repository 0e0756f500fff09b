//! A table of users that is rebuilt under the app's feet: nothing that refers to it may go with the old one.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use lucia::diesel::{EmbeddedMigration, run_migrations};
use lucia_schema::sql::{Backfill, Script, migrate, sqlite};
use lucia_schema::{Dialect, Schema};
use lucia_tests::{connect, for_sqlite};
use tempfile::TempDir;

use crate::support::{number, texts};

const DATABASE: &str = "LUCIA_TESTS_MIGRATE";
const USERS: i64 = 4_000;

/// What the build step has put into the program of an app whose struct has got a required attribute, which takes a rebuild.
struct App {
    create: String,
    rebuild: String,
}

impl App {
    fn new() -> Self {
        let (old, new) = (schema("pub name: String"), schema("pub name: String, pub country: String"));
        let backfill = Backfill {
            table: "auth_user".to_owned(),
            column: "country".to_owned(),
            sql: "substr(name, 1, 2)".to_owned(),
        };
        let Script { sql, in_transaction } =
            migrate(&old, &new, &[], &[backfill], Dialect::Sqlite).unwrap().up;
        assert!(!in_transaction, "{sql}");
        let body = sql.split_once(sqlite::REBUILD_OPENS).unwrap().1;
        let body = body.strip_suffix(sqlite::REBUILD_CLOSES).unwrap();
        // A table of the app's own, which lets its rows go with the user.
        let profile =
            "CREATE TABLE profile (user_id TEXT NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE);";
        let create = lucia_schema::sql::create(&old, Dialect::Sqlite) + profile;
        Self { create, rebuild: body.to_owned() }
    }

    fn create(&self) -> EmbeddedMigration {
        EmbeddedMigration::new("1", "1_create", self.create.clone().leak())
    }

    fn rebuild(&self) -> EmbeddedMigration {
        EmbeddedMigration::new("2", "2_rebuild", self.rebuild.clone().leak()).without_foreign_keys()
    }

    /// A database before the rebuild, with users and what belongs to them.
    fn database(&self, path: &Path, users: i64) -> SqliteConnection {
        let mut connection = connect(path);
        run_migrations(&mut connection, &for_sqlite(&[self.create()])).unwrap();
        connection
            .batch_execute(&format!(
                "PRAGMA journal_mode = WAL;
                 WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {users})
                 INSERT INTO auth_user (id, name) SELECT 'user' || n, 'name' || n FROM n;
                 INSERT INTO profile SELECT id FROM auth_user;
                 INSERT INTO auth_key (id, user_id, primary_key) SELECT 'username:' || name, id, 1 FROM auth_user;
                 INSERT INTO auth_session (id, user_id, active_expires, idle_expires)
                 SELECT 'session of ' || id, id, 1, 2 FROM auth_user;"
            ))
            .unwrap();
        connection
    }
}

fn schema(fields: &str) -> Schema {
    let item: syn::DeriveInput = syn::parse_str(&format!("struct User {{ id: UserId, {fields} }}")).unwrap();
    let reading = lucia_schema::read(&item);
    assert!(reading.errors.is_none(), "{:?}", reading.errors);
    reading.user.schema()
}

fn rows(connection: &mut SqliteConnection) -> [i64; 4] {
    ["auth_user", "auth_session", "auth_key", "profile"]
        .map(|table| number(connection, &format!("SELECT count(*) AS n FROM {table}")))
}

fn checks_foreign_keys(connection: &mut SqliteConnection) -> bool {
    number(connection, "SELECT foreign_keys AS n FROM pragma_foreign_keys") == 1
}

#[test]
fn a_rebuild_keeps_every_row_and_foreign_keys_are_checked_again() {
    let (app, dir) = (App::new(), TempDir::new().unwrap());
    for checked in [true, false] {
        let mut connection = app.database(&dir.path().join(format!("{checked}.db")), 100);
        connection.batch_execute(if checked { "" } else { "PRAGMA foreign_keys = OFF" }).unwrap();
        assert_eq!(
            run_migrations(&mut connection, &for_sqlite(&[app.create(), app.rebuild()])).unwrap(),
            ["2_rebuild"]
        );
        assert_eq!(rows(&mut connection), [100; 4]);
        assert_eq!(checks_foreign_keys(&mut connection), checked);
        assert_eq!(texts(&mut connection, "SELECT DISTINCT country AS text FROM auth_user"), ["na"]);
    }
}

/// The trap: with foreign keys on, SQLite deletes the rows of a table before it drops the table.
#[test]
fn without_the_guard_the_rows_of_the_app_would_be_gone() {
    let (app, dir) = (App::new(), TempDir::new().unwrap());
    let mut connection = app.database(&dir.path().join("app.db"), 100);
    // Lucia's own tables stop it; an app that has only its profile is not so lucky.
    connection.batch_execute("DELETE FROM auth_key; DELETE FROM auth_session").unwrap();

    let with_foreign_keys = EmbeddedMigration::new("2", "2_rebuild", app.rebuild().up);
    let error = run_migrations(&mut connection, &for_sqlite(&[with_foreign_keys])).unwrap_err();
    let source = std::error::Error::source(&error).unwrap();
    assert!(format!("{source:?}").contains("foreign keys are on"), "{source:?}");
    assert_eq!(rows(&mut connection), [100, 0, 0, 100]);

    let lines = app.rebuild.lines().filter(|line| !line.contains("pragma_foreign_keys"));
    let unguarded = lines.collect::<Vec<_>>().join("\n");
    let unguarded = EmbeddedMigration::new("2", "2_rebuild", unguarded.leak());
    run_migrations(&mut connection, &for_sqlite(&[unguarded])).unwrap();
    assert_eq!(rows(&mut connection), [100, 0, 0, 0]);
}

#[test]
fn a_rebuild_that_fails_leaves_everything_and_foreign_keys_are_checked_again() {
    let (app, dir) = (App::new(), TempDir::new().unwrap());
    let mut connection = app.database(&dir.path().join("app.db"), 100);
    let broken = format!("{}INSERT INTO nowhere VALUES (1);", app.rebuild);
    let broken = EmbeddedMigration::new("2", "2_broken", broken.leak()).without_foreign_keys();
    run_migrations(&mut connection, &for_sqlite(&[broken])).unwrap_err();
    assert_eq!(rows(&mut connection), [100; 4]);
    assert!(checks_foreign_keys(&mut connection));
    assert_eq!(run_migrations(&mut connection, &for_sqlite(&[app.rebuild()])).unwrap(), ["2_rebuild"]);
}

#[test]
fn inside_a_transaction_of_the_caller_nothing_is_run() {
    let (app, dir) = (App::new(), TempDir::new().unwrap());
    let mut connection = app.database(&dir.path().join("app.db"), 100);
    connection
        .transaction(|connection| {
            run_migrations(connection, &for_sqlite(&[app.rebuild()])).unwrap_err();
            QueryResult::Ok(())
        })
        .unwrap();
    assert_eq!(rows(&mut connection), [100; 4]);
    assert!(checks_foreign_keys(&mut connection));
}

/// Not a test of its own: what the next one starts as a process, to kill it.
#[test]
fn migrates_until_it_is_killed() {
    let Some(path) = std::env::var_os(DATABASE) else { return };
    let app = App::new();
    run_migrations(&mut connect(Path::new(&path)), &for_sqlite(&[app.create(), app.rebuild()])).unwrap();
}

#[test]
fn fifty_kills_in_the_middle_of_a_rebuild_and_running_it_again_succeeds() {
    let (app, dir) = (App::new(), TempDir::new().unwrap());
    let before = dir.path().join("before.db");
    let mut connection = app.database(&before, USERS);
    connection.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    drop(connection);
    let copy = |name: &str| {
        let path = dir.path().join(name);
        std::fs::copy(&before, &path).unwrap();
        path
    };
    let started = Instant::now();
    assert!(process(&copy("whole.db")).wait().unwrap().success());
    let takes = started.elapsed();
    let (mut undone, mut done) = (0, 0);
    for kill in 0..50 {
        let path = copy(&format!("{kill}.db"));
        let mut child = process(&path);
        std::thread::sleep(takes.mul_f64(f64::from(kill) / 50.0));
        child.kill().unwrap();
        child.wait().unwrap();
        let mut connection = connect(&path);
        assert_eq!(rows(&mut connection), [USERS; 4], "after kill {kill}");
        match run_migrations(&mut connection, &for_sqlite(&[app.create(), app.rebuild()])).unwrap().len() {
            0 => done += 1,
            _ => undone += 1,
        }
        assert_eq!(rows(&mut connection), [USERS; 4]);
        assert_eq!(number(&mut connection, "SELECT count(country) AS n FROM auth_user"), USERS);
        assert_eq!(
            texts(&mut connection, "SELECT integrity_check AS text FROM pragma_integrity_check"),
            ["ok"]
        );
        drop(connection);
        std::fs::remove_file(&path).unwrap();
    }
    assert!(undone >= 10, "{undone} kills before the end, {done} after it");
}

/// Starts the process that migrates.
fn process(path: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "rebuilt::migrates_until_it_is_killed", "--test-threads", "1"])
        .env(DATABASE, path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}
