//! Every case on every database.

use lucia_migration_tests::database::Database;
use lucia_migration_tests::mariadb::MariaDb;
use lucia_migration_tests::postgres::Postgres;
use lucia_migration_tests::sqlite::{Runner, Sqlite};
use lucia_migration_tests::walk::Walk;

/// Runs all cases, and tells of all that fail.
fn run_all(database: &mut dyn Database) {
    let mut failures = Vec::new();
    for case in lucia_migration_tests::cases() {
        if !case.dialects.contains(&database.dialect()) {
            continue;
        }
        let walk = Walk::from(&case);
        if let Err(error) = walk.there_and_back(database) {
            failures.push(format!("{}: {error}", case.name));
        }
        if !case.misfit.is_empty()
            && let Err(error) = walk.fails_on(&case.misfit, database)
        {
            failures.push(format!("{} on what does not fit: {error}", case.name));
        }
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n\n"));
}

#[test]
fn sqlite_with_foreign_keys_keeps_all_rows_there_and_back() {
    run_all(&mut Sqlite::new(Runner::ForeignKeysOn));
}

#[test]
fn sqlite_without_foreign_keys_keeps_all_rows_there_and_back() {
    run_all(&mut Sqlite::new(Runner::ForeignKeysOff));
}

#[test]
fn diesels_harness_keeps_all_rows_there_and_back() {
    run_all(&mut Sqlite::new(Runner::Harness));
}

/// One test for each server, so that it is started once and stopped at the end.
#[test]
fn postgres_keeps_all_rows_there_and_back_and_compares_as_the_others_do() {
    let mut database = Postgres::start();
    run_all(&mut database);
    crate::by_hand::check(&mut database);
    crate::nocase::check(&mut database);
}

#[test]
fn mariadb_keeps_all_rows_there_and_back_and_compares_as_the_others_do() {
    let mut database = MariaDb::start();
    run_all(&mut database);
    crate::by_hand::check(&mut database);
    crate::nocase::check(&mut database);
}
