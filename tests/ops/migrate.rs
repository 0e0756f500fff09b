//! The runner of embedded migrations.

use std::sync::Barrier;

use diesel::prelude::*;
use lucia::diesel::{EmbeddedMigration, SqlitePool, run_migrations};
use lucia_tests::{connect, for_sqlite};
use tempfile::TempDir;

use crate::support::texts;

const MIGRATIONS: &[EmbeddedMigration] = &[
    // Out of order: the version decides, not the place in the list.
    EmbeddedMigration::new("20260102000000", "2026-01-02-000000_second", "INSERT INTO one VALUES (2);"),
    EmbeddedMigration::new(
        "20260101000000",
        "2026-01-01-000000_first",
        "CREATE TABLE one (n INTEGER NOT NULL);",
    ),
];

fn tables(connection: &mut SqliteConnection) -> Vec<String> {
    texts(
        connection,
        "SELECT name AS text FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY name",
    )
}

diesel::table! {
    one (n) {
        n -> Integer,
    }
}

#[test]
fn eight_that_start_at_once_run_each_migration_once_20_times() {
    for _ in 0..20 {
        let dir = TempDir::new().unwrap();
        let path = dir.path().join("app.db");
        let barrier = Barrier::new(8);
        let ran: usize = std::thread::scope(|scope| {
            let starters: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| {
                        let mut connection = connect(&path);
                        barrier.wait();
                        run_migrations(&mut connection, &for_sqlite(MIGRATIONS)).unwrap().len()
                    })
                })
                .collect();
            starters.into_iter().map(|starter| starter.join().unwrap()).sum()
        });
        assert_eq!(ran, 2);
        assert_eq!(one::table.select(one::n).load::<i32>(&mut connect(&path)).unwrap(), [2]);
    }
}

#[test]
fn a_migration_that_fails_leaves_nothing_and_is_named_and_those_before_it_have_run() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("app.db");
    let broken = [
        MIGRATIONS[1],
        EmbeddedMigration::new("3", "3_broken", "CREATE TABLE two (n); INSERT INTO nowhere VALUES (1);"),
        EmbeddedMigration::new("4", "4_after", "CREATE TABLE three (n);"),
    ];
    let error = run_migrations(&mut connect(&path), &for_sqlite(&broken)).unwrap_err();
    assert!(error.to_string().contains("`3_broken`"), "{error}");
    assert!(std::error::Error::source(&error).is_some());
    assert_eq!(tables(&mut connect(&path)), ["one"]);

    let mended = [broken[0], EmbeddedMigration::new("3", "3_mended", "CREATE TABLE two (n);"), broken[2]];
    assert_eq!(run_migrations(&mut connect(&path), &for_sqlite(&mended)).unwrap(), ["3_mended", "4_after"]);
    assert_eq!(tables(&mut connect(&path)), ["one", "three", "two"]);
}

#[test]
fn a_file_that_cannot_be_opened_is_unavailable_at_once() {
    let dir = TempDir::new().unwrap();
    let start = std::time::Instant::now();
    let error = SqlitePool::open(dir.path().join("nowhere/app.db")).unwrap_err();
    assert!(error.is_unavailable(), "{error:?}");
    assert!(start.elapsed().as_secs() < 4, "it kept trying");
}

#[test]
fn a_database_in_memory_is_refused_with_what_to_do() {
    for name in [":memory:", "", "file:x?mode=memory"] {
        let error = SqlitePool::open(name).unwrap_err();
        assert!(error.is_config(), "{name}");
    }
}
