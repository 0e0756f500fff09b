//! The commands that use a database, on servers of PostgreSQL and MariaDB.
#![expect(clippy::indexing_slicing, reason = "JSON has null where something is missing")]

use lucia_migration_tests::mariadb::MariaDb;
use lucia_migration_tests::postgres::Postgres;
use serde_json::{Value, json};

use crate::package::{Package, Run, user};

const CREATE: &str = "2026-01-01-000000-0000_lucia_create_auth_user";
const BAD: &str = "2026-02-01-000000_bad";

/// A package with migrations for a database that is there.
struct App {
    package: Package,
    url: String,
}

impl App {
    fn new(database: &str, url: String) -> Self {
        let package = Package::new(&user("#[lucia(unique)] pub mail: String,"));
        let script = format!("fn main() {{ lucia_build::user(\"src/user.rs\").{database}() }}");
        package.write("build.rs", &script);
        package.run(&["migrate", "make"]).assert(0);
        Self { package, url }
    }

    /// By the variable, as a server's password is passed.
    fn run(&self, arguments: &[&str]) -> Run {
        self.package.run_in("", arguments, &[("DATABASE_URL", &self.url)])
    }

    fn json(&self, arguments: &[&str], code: i32) -> Value {
        self.package.json(&[arguments, &["--database-url", &self.url]].concat(), code)
    }

    /// The state of each migration, in order.
    fn states(&self, code: i32) -> Vec<String> {
        let status = self.json(&["migrate", "status"], code);
        let migrations = status["migrations"].as_array().unwrap().iter();
        migrations.map(|migration| migration["state"].as_str().unwrap().to_owned()).collect()
    }

    /// What an audit finds in the tables: what it finds in the settings of a server is not ours.
    fn found(&self) -> Vec<String> {
        let code = self.run(&["audit"]).code;
        let said = self.json(&["audit"], code);
        let findings =
            said["findings"].as_array().unwrap().iter().filter(|finding| finding["table"].is_string());
        findings.map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
    }

    /// From nothing and back, with a migration that fails between.
    fn there_and_back(&self, left: &str) {
        assert_eq!(self.states(1), ["pending"]);
        assert_eq!(self.found(), ["missing_table", "missing_table", "missing_table"]);
        let run = self.run(&["migrate", "run"]);
        run.assert(0);
        assert_eq!(run.out, format!("Ran `{CREATE}`\n"));
        assert_eq!(self.states(0), ["run"]);
        assert!(self.found().is_empty());

        let up = "CREATE TABLE half (id INTEGER NOT NULL PRIMARY KEY);\nSELECT absent FROM half;\n";
        self.package.write(&format!("migrations/{BAD}/up.sql"), up);
        self.package.write(&format!("migrations/{BAD}/down.sql"), "DROP TABLE half;\n");
        let run = self.run(&["migrate", "run"]);
        assert!(run.error().starts_with(&format!("`{BAD}` failed: ")), "{run:?}");
        assert!(run.error().contains("absent") && run.error().contains(left), "{run:?}");
        assert_eq!(self.states(1), ["run", "pending"]);

        self.run(&["migrate", "revert"]).assert(3);
        let revert = self.run(&["migrate", "revert", "--allow", "destructive"]);
        revert.assert(0);
        assert_eq!(revert.out, format!("Reverted `{CREATE}`\n"));
        assert_eq!(self.states(1), ["pending", "pending"]);
    }

    /// Its tables are there before its migrations.
    fn taken_over(&self) {
        let baseline = self.json(&["migrate", "baseline"], 3);
        let codes: Vec<&Value> =
            baseline["findings"].as_array().unwrap().iter().map(|it| &it["code"]).collect();
        assert!(codes.contains(&&json!("missing_index")), "{baseline}");
        self.run(&["migrate", "baseline", "--allow", "differences"]).assert(0);
        assert_eq!(self.states(1), ["run", "pending"]);
        assert_eq!(self.found(), ["missing_index"]);
    }

    fn up(&self) -> String {
        self.package.read(&format!("migrations/{CREATE}/up.sql"))
    }
}

#[test]
fn on_postgres() {
    use lucia_migration_tests::database::Database as _;

    let mut server = Postgres::start();
    let app = App::new("postgres", server.url());
    app.there_and_back("; nothing of it is left in the database; ");
    let tables = format!("SET search_path = public; {} DROP INDEX auth_key_expires_idx;", app.up());
    server.execute(&tables).unwrap();
    app.taken_over();
}

#[test]
fn on_mariadb() {
    use lucia_migration_tests::database::Database as _;

    let mut server = MariaDb::start();
    let app = App::new("mysql", server.url());
    app.there_and_back("; this database commits each change of a table on its own, ");
    server.execute(&format!("{} DROP INDEX auth_key_expires_idx ON auth_key;", app.up())).unwrap();
    app.taken_over();
}
