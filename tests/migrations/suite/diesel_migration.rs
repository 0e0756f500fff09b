//! `diesel migration run`, `revert` and `redo` over a folder in which migrations of ours and of the app take turns.

use lucia_migration_tests::command_line::App;
use lucia_migration_tests::database::{Database as _, State};
use lucia_migration_tests::guide;
use lucia_migration_tests::sqlite::{Runner, Sqlite};
use lucia_migration_tests::walk::Walk;
use lucia_schema::sql::{self, Backfill, Migration, Script};
use lucia_schema::{Dialect, Rename, Schema};

use crate::schema;

const USERS: &str = "2026-01-01-000000_create_auth_user";
const PROFILE: &str = "2026-01-02-000000_profile";
const EMAIL: &str = "2026-02-01-000000_auth_user_email";
const MOTTO: &str = "2026-02-02-000000_motto";
const LOGINS: &str = "2026-03-01-000000_auth_user_logins";
const NOTES: &str = "2026-03-02-000000_notes";

/// An app whose struct has changed twice, and whose own table deletes rows with the user.
struct History {
    app: App,
    database: Sqlite,
    /// The struct's tables at first, with an `email`, and with `logins` too.
    schemas: [Schema; 3],
}

impl History {
    /// All migrations but those of `later`.
    fn new() -> Self {
        let schemas = [
            schema("pub name: String"),
            schema("pub name: String, #[lucia(unique)] pub email: Option<String>"),
            schema("pub name: String, #[lucia(unique)] pub email: Option<String>, pub logins: i32"),
        ];
        let new = Self { app: App::default(), database: Sqlite::new(Runner::ForeignKeysOn), schemas };
        let script = |sql| Script { sql, in_transaction: true };
        let [first, ..] = &new.schemas;
        let (up, down) = (sql::create(first, Dialect::Sqlite), sql::drop(first, Dialect::Sqlite));
        new.app.add(USERS, &Migration { up: script(up), down: script(down) });
        let profile = lucia_migration_tests::rows::profile(&first.tables[0], Dialect::Sqlite);
        new.app.add_own(PROFILE, &profile, "DROP TABLE profile;");
        new
    }

    /// Adds what came later: a column natively, a column by a rebuild, and what the app did after each.
    fn add_later(&self) {
        let [first, second, third] = &self.schemas;
        let native = sql::migrate(first, second, &[], &[], Dialect::Sqlite).unwrap();
        assert!(native.up.in_transaction);
        self.app.add(EMAIL, &native);
        self.app.add_own(
            MOTTO,
            "ALTER TABLE profile ADD COLUMN motto TEXT NOT NULL DEFAULT 'none';",
            "ALTER TABLE profile DROP COLUMN motto;",
        );
        let backfill =
            Backfill { table: "auth_user".to_owned(), column: "logins".to_owned(), sql: "7".to_owned() };
        let rebuild = sql::migrate(second, third, &[], &[backfill], Dialect::Sqlite).unwrap();
        assert!(!rebuild.up.in_transaction);
        self.app.add(LOGINS, &rebuild);
        self.app.add_own(
            NOTES,
            "CREATE TABLE note (id INTEGER NOT NULL PRIMARY KEY, user_id TEXT NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE);
             INSERT INTO note (user_id) SELECT user_id FROM profile;",
            "DROP TABLE note;",
        );
    }

    fn diesel(&self, arguments: &[&str]) -> Result<String, String> {
        self.app.diesel(&self.database.path(), &[&["migration"], arguments].concat())
    }

    fn seed(&mut self) {
        let walk = Walk { old: &self.schemas[0], new: &self.schemas[0], renames: &[], backfills: &[] };
        self.database.execute(&walk.seed(Dialect::Sqlite)).unwrap();
        assert_eq!(self.rows().len(), 12);
    }

    /// The app as it is after all of that, with rows from before.
    fn at_the_end() -> Self {
        let mut new = Self::new();
        new.diesel(&["run"]).unwrap();
        new.seed();
        new.add_later();
        new.diesel(&["run"]).unwrap();
        new
    }

    /// The rows, with the columns that were there from the beginning.
    fn rows(&mut self) -> Vec<String> {
        let query = lucia_migration_tests::rows::query(&self.schemas[0], Dialect::Sqlite);
        self.database.state(&query).rows
    }

    /// The tables, and the values of what came later.
    fn state(&mut self) -> State {
        self.database.state(
            "SELECT '1 ' || id || coalesce(email, '-') || logins FROM auth_user
             UNION ALL SELECT '2 ' || user_id || motto FROM profile UNION ALL SELECT '3 ' || id || user_id FROM note",
        )
    }

    fn tables(&mut self) -> Vec<String> {
        self.database.state("").tables
    }

    /// The versions that Diesel has entered, in order.
    fn entered(&mut self) -> Vec<String> {
        let query = "SELECT version FROM __diesel_schema_migrations";
        self.database.state(query).rows
    }
}

fn versions(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| name.split('_').next().unwrap().replace('-', "")).collect()
}

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

/// Diesel makes two steps of what does not run in its transaction, and was killed between the two.
fn half_applied() -> History {
    let mut history = History::new();
    history.diesel(&["run"]).unwrap();
    history.seed();
    history.add_later();
    history.diesel(&["run"]).unwrap();
    history.diesel(&["revert"]).unwrap();
    let [version] = <[String; 1]>::try_from(versions(&[LOGINS])).unwrap();
    let delete = format!("DELETE FROM __diesel_schema_migrations WHERE version = '{version}'");
    history.database.execute(&delete).unwrap();
    assert_eq!(history.entered(), versions(&[USERS, PROFILE, EMAIL, MOTTO]));
    history
}

/// The statements of the guide that enter a version and remove it, for the rebuild.
fn entries() -> [String; 2] {
    let [version] = <[String; 1]>::try_from(versions(&[LOGINS])).unwrap();
    guide::examples("Killed half-way", "sql").map(|statement: String| {
        let ours = statement.replace("20260101000000", &version);
        assert_ne!(ours, statement, "the guide has another version");
        ours
    })
}

#[test]
fn after_half_of_a_rebuild_the_next_run_fails_and_changes_nothing_until_the_version_is_entered() {
    let mut history = half_applied();
    let before = (history.rows(), history.tables(), history.entered());
    for _ in 0..2 {
        let error = history.diesel(&["run"]).unwrap_err();
        assert!(
            error.contains(LOGINS) && error.contains("auth_user is already as this leaves it"),
            "{error}"
        );
        assert_eq!((history.rows(), history.tables(), history.entered()), before);
    }
    let [enter, _] = entries();
    history.database.execute(&enter).unwrap();
    let said = history.diesel(&["run"]).unwrap();
    assert_eq!(said.trim(), format!("Running migration {NOTES}"));
    assert_eq!(history.rows(), before.0);
    assert_eq!(history.tables(), History::at_the_end().tables());
}

/// Diesel was killed after the way back and before the entry was removed.
#[test]
fn after_half_of_a_revert_the_next_one_fails_and_changes_nothing_until_the_version_is_removed() {
    let mut history = half_applied();
    let [enter, remove] = entries();
    history.database.execute(&enter).unwrap();
    history.diesel(&["revert"]).unwrap();
    history.database.execute(&enter).unwrap();
    let before = (history.rows(), history.tables(), history.entered());
    for _ in 0..2 {
        let error = history.diesel(&["revert"]).unwrap_err();
        assert!(
            error.contains(LOGINS) && error.contains("auth_user is already as this leaves it"),
            "{error}"
        );
        assert_eq!((history.rows(), history.tables(), history.entered()), before);
    }
    history.database.execute(&remove).unwrap();
    history.diesel(&["run"]).unwrap();
    assert_eq!(history.rows(), before.0);
    assert_eq!(history.tables(), History::at_the_end().tables());
}

/// Whatever has run outside of Diesel's transaction and is not entered runs once more, and so does the way back.
#[test]
fn a_migration_that_is_its_own_transaction_fails_the_second_time_and_changes_nothing() {
    let mut framed = 0;
    let mut wrong = Vec::new();
    let mut database = Sqlite::new(Runner::ForeignKeysOn);
    for case in lucia_migration_tests::cases() {
        if case.dialects.contains(&Dialect::Sqlite) {
            match Walk::from(&case).happens_once(&mut database) {
                Ok(is_framed) => framed += usize::from(is_framed),
                Err(error) => wrong.push(format!("{}: {error}", case.name)),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(framed > 20, "{framed}");
}

/// Which no guard saw that looks for columns that are not known.
#[test]
fn columns_that_exchange_their_names_in_a_rebuild_do_so_once() {
    let old = schema("pub a: String, pub b: String, pub c: i32");
    let new = schema("pub a: String, pub b: String, pub c: i64");
    let rename = |from: &str, to: &str| Rename {
        table: "auth_user".to_owned(),
        from: from.to_owned(),
        to: to.to_owned(),
    };
    let renames = [rename("a", "b"), rename("b", "a")];
    let walk = Walk { old: &old, new: &new, renames: &renames, backfills: &[] };
    let migration = walk.migration(Dialect::Sqlite).unwrap();
    let mut database = Sqlite::new(Runner::ForeignKeysOn);
    database.fresh(&(walk.create(&old, Dialect::Sqlite) + &walk.seed(Dialect::Sqlite)), "");
    database.execute("UPDATE auth_user SET b = 'b of ' || id").unwrap();
    database.up(&migration).unwrap();
    let once = database.state(&walk.query(&new, Dialect::Sqlite));
    assert!(once.rows[0].contains("a=b of u0"), "{:?}", once.rows);
    let error = database.up(&migration).unwrap_err();
    assert!(error.contains("auth_user is already as this leaves it"), "{error}");
    assert_eq!(database.state(&walk.query(&new, Dialect::Sqlite)), once);
    database.down(&migration).unwrap();
    let back = database.state(&walk.query(&old, Dialect::Sqlite));
    let error = database.down(&migration).unwrap_err();
    assert!(error.contains("auth_user is already as this leaves it"), "{error}");
    assert_eq!(database.state(&walk.query(&old, Dialect::Sqlite)), back);
}
