//! An app with a folder in which migrations of ours and of its own take turns, for Diesel's command line.

use lucia_migration_tests::command_line::App;
use lucia_migration_tests::database::{Database as _, State};
use lucia_migration_tests::sqlite::{Runner, Sqlite};
use lucia_migration_tests::walk::Walk;
use lucia_schema::sql::{self, Backfill, Migration, Script};
use lucia_schema::{Dialect, Schema};

use crate::schema;

pub(crate) const USERS: &str = "2026-01-01-000000_create_auth_user";
pub(crate) const PROFILE: &str = "2026-01-02-000000_profile";
pub(crate) const EMAIL: &str = "2026-02-01-000000_auth_user_email";
pub(crate) const MOTTO: &str = "2026-02-02-000000_motto";
pub(crate) const LOGINS: &str = "2026-03-01-000000_auth_user_logins";
pub(crate) const NOTES: &str = "2026-03-02-000000_notes";

/// An app whose struct has changed twice, and whose own table deletes rows with the user.
pub(crate) struct History {
    pub(crate) app: App,
    pub(crate) database: Sqlite,
    /// The struct's tables at first, with an `email`, and with `logins` too.
    pub(crate) schemas: [Schema; 3],
}

impl History {
    /// With the first migrations only.
    pub(crate) fn new() -> Self {
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
    pub(crate) fn add_later(&self) {
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

    pub(crate) fn diesel(&self, arguments: &[&str]) -> Result<String, String> {
        self.app.diesel(&self.database.path(), &[&["migration"], arguments].concat())
    }

    pub(crate) fn seed(&mut self) {
        let walk = Walk { old: &self.schemas[0], new: &self.schemas[0], renames: &[], backfills: &[] };
        self.database.execute(&walk.seed(Dialect::Sqlite)).unwrap();
        assert_eq!(self.rows().len(), 12);
    }

    /// The app as it is after all of that, with rows from before.
    pub(crate) fn at_the_end() -> Self {
        let mut new = Self::new();
        new.diesel(&["run"]).unwrap();
        new.seed();
        new.add_later();
        new.diesel(&["run"]).unwrap();
        new
    }

    /// The rows, with the columns that were there from the beginning.
    pub(crate) fn rows(&mut self) -> Vec<String> {
        let query = lucia_migration_tests::rows::query(&self.schemas[0], Dialect::Sqlite);
        self.database.state(&query).rows
    }

    /// The tables, and the values of what came later.
    pub(crate) fn state(&mut self) -> State {
        self.database.state(
            "SELECT '1 ' || id || coalesce(email, '-') || logins FROM auth_user
             UNION ALL SELECT '2 ' || user_id || motto FROM profile UNION ALL SELECT '3 ' || id || user_id FROM note",
        )
    }

    pub(crate) fn tables(&mut self) -> Vec<String> {
        self.database.state("").tables
    }

    /// The versions that Diesel has entered, in order.
    pub(crate) fn entered(&mut self) -> Vec<String> {
        let query = "SELECT version FROM __diesel_schema_migrations";
        self.database.state(query).rows
    }
}

pub(crate) fn versions(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| name.split('_').next().unwrap().replace('-', "")).collect()
}
