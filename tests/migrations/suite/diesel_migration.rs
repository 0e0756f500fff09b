//! `diesel migration run`, `revert` and `redo`.

use lucia_migration_tests::database::Database as _;
use lucia_schema::Dialect;
use lucia_schema::sql;

use crate::diesel_history::{EMAIL, History, LOGINS, MOTTO, NOTES, PROFILE, USERS, versions};
use crate::schema;

#[test]
fn diesel_runs_migrations_of_ours_and_of_the_app_in_turn_and_keeps_every_row() {
    let mut history = History::new();
    history.diesel(&["run"]).unwrap();
    history.seed();
    let before = history.rows();
    history.add_later();
    let said = history.diesel(&["run"]).unwrap();
    let ran: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("Running migration ")).collect();
    assert_eq!(ran, [EMAIL, MOTTO, LOGINS, NOTES]);
    assert_eq!(history.rows(), before);
    let state = history.state();
    for row in ["1 u0-7", "1 u2-7", "2 u1none", "3 1u0", "3 3u2"] {
        assert!(state.rows.contains(&row.to_owned()), "{row}: {:?}", state.rows);
    }
    assert_eq!(history.entered(), versions(&[USERS, PROFILE, EMAIL, MOTTO, LOGINS, NOTES]));
    assert_eq!(history.diesel(&["pending"]).unwrap().trim(), "false");
    assert_eq!(history.diesel(&["run"]).unwrap(), "");
    assert_eq!(history.state(), state);
}

#[test]
fn diesel_reverts_one_by_one_and_keeps_every_row_of_a_table_that_is_still_there() {
    let mut history = History::at_the_end();
    let rows = history.rows();
    for reverted in [NOTES, LOGINS, MOTTO, EMAIL] {
        let said = history.diesel(&["revert"]).unwrap();
        assert_eq!(said.trim(), format!("Rolling back migration {reverted}"));
        assert_eq!(history.rows(), rows, "{reverted}");
    }
    let mut early = History::new();
    early.diesel(&["run"]).unwrap();
    assert_eq!(history.tables(), early.tables());
    assert_eq!(history.entered(), versions(&[USERS, PROFILE]));
    history.diesel(&["run"]).unwrap();
    assert_eq!(history.rows(), rows);
    assert_eq!(history.tables(), History::at_the_end().tables());
}

#[test]
fn diesel_reverts_several_at_once_and_more_than_there_are() {
    let mut history = History::at_the_end();
    let rows = history.rows();
    history.diesel(&["revert", "--number", "4"]).unwrap();
    assert_eq!(history.rows(), rows);
    history.diesel(&["revert", "--number", "9"]).unwrap();
    assert_eq!(history.tables(), Vec::<String>::new());
    assert_eq!(history.entered(), Vec::<String>::new());
}

#[test]
fn diesel_reverts_all_and_leaves_an_empty_database_to_run_all_of_them_on() {
    let mut history = History::at_the_end();
    let tables = history.tables();
    history.diesel(&["revert", "--all"]).unwrap();
    assert_eq!(history.tables(), Vec::<String>::new());
    assert_eq!(history.entered(), Vec::<String>::new());
    history.diesel(&["run"]).unwrap();
    assert_eq!(history.tables(), tables);
}

#[test]
fn diesel_redoes_a_rebuild_and_what_is_around_it_and_keeps_every_row() {
    let mut history = History::at_the_end();
    let (rows, state) = (history.rows(), history.state());
    for number in ["1", "2", "3", "4"] {
        history.database.execute("UPDATE auth_user SET logins = 8").unwrap();
        history.diesel(&["redo", "--number", number]).unwrap();
        assert_eq!(history.rows(), rows, "{number}");
        let redone = history.state();
        assert_eq!(redone.tables, state.tables, "{number}");
        let unkept = redone.rows.iter().filter(|row| row.starts_with('1') && row.ends_with('8')).count();
        // What `down` removes does not come back: `up` fills it in again.
        assert_eq!(unkept, if number == "1" { 3 } else { 0 }, "{number}");
    }
    assert_eq!(history.entered(), versions(&[USERS, PROFILE, EMAIL, MOTTO, LOGINS, NOTES]));
}

#[test]
fn diesel_redoes_all_and_the_tables_are_what_they_were() {
    let mut history = History::at_the_end();
    let tables = history.tables();
    history.diesel(&["redo", "--all"]).unwrap();
    assert_eq!(history.tables(), tables);
    assert_eq!(history.entered(), versions(&[USERS, PROFILE, EMAIL, MOTTO, LOGINS, NOTES]));
    // All of them are gone with their tables.
    assert_eq!(history.rows(), Vec::<String>::new());
}

#[test]
fn a_rebuild_that_is_stopped_leaves_everything_and_goes_on_when_its_cause_is_gone() {
    let mut history = History::new();
    history.diesel(&["run"]).unwrap();
    history.seed();
    history.add_later();
    let rows = history.rows();
    history.database.execute("CREATE VIEW names AS SELECT name FROM auth_user").unwrap();
    let error = history.diesel(&["run"]).unwrap_err();
    assert!(error.contains("a trigger or view uses auth_user: drop it first"), "{error}");
    assert_eq!(history.rows(), rows);
    assert_eq!(history.entered(), versions(&[USERS, PROFILE, EMAIL, MOTTO]));
    history.database.execute("DROP VIEW names").unwrap();
    history.diesel(&["run"]).unwrap();
    assert_eq!(history.rows(), rows);
    assert_eq!(history.tables(), History::at_the_end().tables());
}

#[test]
fn a_revert_that_would_invent_a_value_fails_and_leaves_everything() {
    let name = "2026-04-01-000000_drop_name";
    for with in [&[][..], &["--number", "1"]] {
        let mut history = History::at_the_end();
        let without = schema("#[lucia(unique)] pub email: Option<String>, pub logins: i32");
        let drop = sql::migrate(&history.schemas[2], &without, &[], &[], Dialect::Sqlite).unwrap();
        history.app.add(name, &drop);
        history.diesel(&["run"]).unwrap();
        let (state, entered) = (history.state(), history.entered());
        let error = history.diesel(&[&["revert"], with].concat()).unwrap_err();
        assert!(error.contains("Cannot add a NOT NULL column"), "{error}");
        assert_eq!((history.state(), history.entered()), (state, entered));
    }
}
