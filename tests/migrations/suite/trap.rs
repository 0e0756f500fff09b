//! What a rebuild of a table on SQLite could destroy: the rows that refer to it, and what the app made on the table.

use lucia_migration_tests::database::{Database as _, State};
use lucia_migration_tests::sqlite::{Runner, Sqlite};
use lucia_migration_tests::walk::Walk;
use lucia_schema::sql::sqlite::{REBUILD_CLOSES, REBUILD_OPENS};
use lucia_schema::sql::{Backfill, Migration, Script};
use lucia_schema::{Dialect, Schema};

use crate::schema;

/// A migration that rebuilds the table of users.
struct Rebuild {
    old: Schema,
    migration: Migration,
    query: String,
    database: Sqlite,
}

impl Rebuild {
    fn new(runner: Runner) -> Self {
        let (old, new) = (schema("pub name: String"), schema("pub name: String, pub logins: i32"));
        let backfills =
            [Backfill { table: "auth_user".to_owned(), column: "logins".to_owned(), sql: "0".to_owned() }];
        let walk = Walk { old: &old, new: &new, renames: &[], backfills: &backfills };
        let migration = walk.migration(Dialect::Sqlite).unwrap();
        assert!(!migration.up.in_transaction && !migration.down.in_transaction);
        let query = walk.query(&old, Dialect::Sqlite);
        let mut database = Sqlite::new(runner);
        let setup = walk.create(&old, Dialect::Sqlite) + &walk.seed(Dialect::Sqlite);
        let state = database.fresh(&setup, &query);
        assert_eq!(state.rows.len(), 12);
        Self { old, migration, query, database }
    }

    fn state(&mut self) -> State {
        self.database.state(&self.query)
    }

    /// Runs a variant of the script in a transaction of somebody else, with foreign keys on.
    fn run_in_transaction(&mut self, sql: String) -> Result<(), String> {
        self.database.run(&Script { sql, in_transaction: true })
    }

    /// The script without the lines around it.
    fn unframed(&self) -> String {
        let up = &self.migration.up.sql;
        assert!(up.contains(REBUILD_OPENS) && up.ends_with(REBUILD_CLOSES), "{up}");
        up.replace(REBUILD_OPENS, "").replace(REBUILD_CLOSES, "")
    }

    /// The script without its guards too.
    fn unguarded(&self) -> String {
        let sql = self.unframed();
        let lines: Vec<&str> = sql.lines().filter(|line| !line.contains("__lucia_")).collect();
        lines.join("\n")
    }
}

#[test]
fn without_its_guard_a_rebuild_in_a_transaction_deletes_rows_of_the_app() {
    let mut rebuild = Rebuild::new(Runner::ForeignKeysOn);
    // Our own tables have no cascade, so that their rows stop it; with the app's own there is nothing to stop it.
    rebuild.database.execute("DELETE FROM auth_session; DELETE FROM auth_key").unwrap();
    assert_eq!(rebuild.state().rows.len(), 6);
    let unguarded = rebuild.unguarded();
    rebuild.run_in_transaction(unguarded).unwrap();
    assert_eq!(rebuild.state().rows.len(), 3, "the trap is not there any more");
}

#[test]
fn in_a_transaction_a_rebuild_refuses_to_start() {
    for emptied in [false, true] {
        let mut rebuild = Rebuild::new(Runner::ForeignKeysOn);
        if emptied {
            rebuild.database.execute("DELETE FROM auth_session; DELETE FROM auth_key").unwrap();
        }
        let before = rebuild.state();
        let framed = rebuild.migration.up.sql.clone();
        let error = rebuild.run_in_transaction(framed).unwrap_err();
        assert!(error.contains("within a transaction"), "{error}");
        assert_eq!(rebuild.state(), before);
        // A runner that leaves the frame out and forgets about foreign keys is stopped by the guard.
        let unframed = rebuild.unframed();
        let error = rebuild.run_in_transaction(unframed).unwrap_err();
        assert!(error.contains("foreign keys are on"), "{error}");
        assert_eq!(rebuild.state(), before);
    }
}

#[test]
fn a_runner_may_frame_the_rebuild_itself() {
    let mut rebuild = Rebuild::new(Runner::ForeignKeysOff);
    let before = rebuild.state();
    let unframed = rebuild.unframed();
    rebuild.run_in_transaction(unframed).unwrap();
    let after = rebuild.state();
    assert_eq!(after.rows, before.rows);
    assert_ne!(after.tables, before.tables);
}

#[test]
fn what_the_app_made_on_the_table_stops_a_rebuild() {
    for (made, said) in [
        (
            "CREATE TRIGGER t AFTER DELETE ON auth_user BEGIN SELECT 1; END",
            "a trigger or view uses auth_user",
        ),
        (
            "CREATE TRIGGER t AFTER DELETE ON profile BEGIN DELETE FROM Auth_User; END",
            "a trigger or view uses",
        ),
        ("CREATE VIEW v AS SELECT id FROM \"auth_user\"", "a trigger or view uses auth_user"),
        ("CREATE VIEW v AS SELECT id FROM auth_user", "a trigger or view uses auth_user"),
        ("CREATE INDEX i ON auth_user (lower(name))", "an index of auth_user"),
        ("ALTER TABLE auth_user ADD COLUMN x INTEGER", "a column of auth_user"),
        ("ALTER TABLE auth_user ADD COLUMN x INTEGER AS (1) VIRTUAL", "a column of auth_user"),
    ] {
        for runner in [Runner::ForeignKeysOn, Runner::ForeignKeysOff, Runner::Harness] {
            let mut rebuild = Rebuild::new(runner);
            rebuild.database.execute(made).unwrap();
            let before = rebuild.state();
            let migration = rebuild.migration.clone();
            let error = rebuild.database.up(&migration).unwrap_err();
            assert!(error.contains(said), "{made}: {error}");
            assert_eq!(rebuild.state(), before, "{made}");
        }
    }
}

#[test]
fn what_has_a_longer_name_does_not_stop_a_rebuild() {
    let mut rebuild = Rebuild::new(Runner::ForeignKeysOn);
    rebuild
        .database
        .execute(
            "CREATE TABLE auth_user_log (id TEXT); CREATE VIEW v AS SELECT id FROM auth_user_log; \
             CREATE TRIGGER t AFTER DELETE ON auth_user_log BEGIN SELECT 1; END; CREATE INDEX i ON auth_user_log (id)",
        )
        .unwrap();
    let migration = rebuild.migration.clone();
    rebuild.database.up(&migration).unwrap();
    assert_eq!(rebuild.state().rows.len(), 12);
}

#[test]
fn orphans_from_before_do_not_stop_a_rebuild() {
    let mut rebuild = Rebuild::new(Runner::ForeignKeysOff);
    rebuild.database.execute("DELETE FROM auth_user WHERE id = 'u0'").unwrap();
    let before = rebuild.state();
    let migration = rebuild.migration.clone();
    rebuild.database.up(&migration).unwrap();
    assert_eq!(rebuild.state().rows, before.rows);
}

#[test]
fn a_rebuild_that_would_make_orphans_leaves_everything() {
    let mut rebuild = Rebuild::new(Runner::ForeignKeysOn);
    let before = rebuild.state();
    let lossy =
        rebuild.migration.up.sql.replace("    FROM `auth_user`;", "    FROM `auth_user` WHERE id <> 'u0';");
    assert_ne!(lossy, rebuild.migration.up.sql);
    let error = rebuild.database.run(&Script { sql: lossy, in_transaction: false }).unwrap_err();
    assert!(error.contains("a row would refer to one that is gone"), "{error}");
    assert_eq!(rebuild.state(), before);
}

#[test]
fn foreign_keys_are_enforced_after_a_rebuild() {
    let mut rebuild = Rebuild::new(Runner::ForeignKeysOff);
    let sql = rebuild.migration.up.sql.clone();
    rebuild.database.execute(&sql).unwrap();
    let error = rebuild.database.execute("DELETE FROM auth_user").unwrap_err();
    assert!(error.contains("FOREIGN KEY"), "{error}");
    assert_eq!(rebuild.old.tables.len(), 3);
}
