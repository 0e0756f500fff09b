//! Audits of real databases that somebody has changed by hand. What is found is in the files of `audit`, to be read aloud;
//! `LUCIA_GOLDEN=write` writes them.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use lucia_migration_tests::database::Database;
use lucia_migration_tests::mariadb::MariaDb;
use lucia_migration_tests::postgres::Postgres;
use lucia_migration_tests::sqlite::{Runner, Sqlite};
use lucia_schema::audit::{self, Code, Finding, Live};
use lucia_schema::{Dialect, Schema, sql};

use crate::schema;

const FIELDS: &str = "#[lucia(unique, max_length = 32)] pub username: String,
    #[lucia(unique(nocase))] pub email: Option<String>,
    #[lucia(index)] pub tenant: i64,
    #[lucia(default = 0)] pub logins: i32,
    #[lucia(default = \"member\", max_length = 20)] pub role: String,
    #[lucia(default = now)] pub joined: NaiveDateTime,
    #[lucia(default = true)] pub active: bool,
    #[lucia(default = 0.5)] pub weight: f32,
    #[lucia(default = \"en\", max_length = 8)] pub locale: Option<String>,
    pub bio: Option<String>,
    pub avatar: Option<Vec<u8>>,";

/// A change to a database, and what an audit finds then.
struct Case {
    /// What a person writes of it: a title, and lines of statements that are run when the tables are made. A line that begins with
    /// `write ` has what is written in place of something else while they are.
    given: String,
    /// What is found.
    found: String,
}

impl Case {
    fn all(file: &Path) -> Vec<Self> {
        let text = fs::read_to_string(file).unwrap();
        let case = |part: &str| {
            let (given, found) = part.trim_end().split_once("\n\n").unwrap_or((part.trim_end(), ""));
            Self { given: given.to_owned(), found: found.to_owned() }
        };
        text.split("\n== ").skip(1).map(case).collect()
    }

    fn setup(&self, schema: &Schema, dialect: Dialect) -> String {
        let mut made = sql::create(schema, dialect);
        for line in self.given.lines().skip(1) {
            let Some(written) = line.strip_prefix("write ") else {
                made.push_str(line);
                continue;
            };
            let (from, to) = written.split_once(" =>").unwrap();
            assert!(made.contains(from), "`{from}` is not in\n{made}");
            made = made.replacen(from, to.trim_start(), 1);
        }
        made
    }
}

fn user() -> Schema {
    schema(FIELDS)
}

/// Audits, runs whatever a finding says is to be run, and sees that only those findings are left then that name no statement.
fn found(schema: &Schema, database: &mut dyn Database) -> Vec<Finding> {
    let found = database.audit(schema);
    for sql in found.iter().filter_map(|finding| finding.sql.as_ref()) {
        database.execute(sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
    }
    let left = database.audit(schema);
    let without: Vec<&Finding> = found.iter().filter(|finding| finding.sql.is_none()).collect();
    assert_eq!(left.iter().collect::<Vec<_>>(), without, "after what {found:#?} says was run");
    found
}

fn told(found: &[Finding]) -> String {
    if found.is_empty() {
        return "nothing".to_owned();
    }
    let lines = found.iter().map(|finding| format!("{} {}: {finding}", finding.severity, finding.code));
    lines.collect::<Vec<_>>().join("\n")
}

fn file(dialect: Dialect) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("suite/audit/{dialect}.txt"))
}

/// Audits the tables that the documentation of Lucia v1 has for a database, and compares what is found with its file.
fn audit_v1(database: &mut dyn Database) {
    let dialect = database.dialect();
    let user = schema("#[lucia(unique, max_length = 31)] pub username: String");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("suite/audit/lucia_v1_{dialect}.txt"));
    let case = Case::all(&file).remove(0);
    let tables: Vec<&str> = case.given.lines().skip(1).collect();
    database.fresh(&tables.join("\n"), "");
    let found = told(&found(&user, database));
    let differing = if found == case.found { vec![] } else { vec![found.clone()] };
    compare(&file, &format!("\n== {}\n\n{found}\n", case.given), &differing);
}

/// Audits after each change, and compares what is found with the file of the database.
fn audit_all(database: &mut dyn Database) {
    let (user, dialect) = (user(), database.dialect());
    let mut text = String::new();
    let mut differing = Vec::new();
    for case in Case::all(&file(dialect)) {
        database.fresh(&case.setup(&user, dialect), "");
        let found = told(&found(&user, database));
        write!(text, "\n== {}\n\n{found}\n", case.given).unwrap();
        if found != case.found {
            differing.push(format!("{}\n{found}", case.given));
        }
    }
    compare(&file(dialect), &text, &differing);
}

fn compare(file: &Path, text: &str, differing: &[String]) {
    if std::env::var_os("LUCIA_GOLDEN").is_some_and(|value| value == "write") {
        fs::write(file, text).unwrap();
    } else {
        assert!(differing.is_empty(), "LUCIA_GOLDEN=write writes\n{}", differing.join("\n\n"));
    }
}

#[test]
fn sqlite_changed_by_hand_is_found_out() {
    audit_all(&mut Sqlite::new(Runner::ForeignKeysOn));
}

#[test]
fn tables_of_lucia_v1_on_sqlite_are_told_what_they_lack() {
    audit_v1(&mut Sqlite::new(Runner::ForeignKeysOn));
}

#[test]
fn tables_of_lucia_v1_on_postgres_are_told_what_they_lack() {
    audit_v1(&mut Postgres::start());
}

#[test]
fn tables_of_lucia_v1_on_mariadb_are_told_what_they_lack() {
    audit_v1(&mut MariaDb::start());
}

#[test]
fn postgres_changed_by_hand_is_found_out() {
    audit_all(&mut Postgres::start());
}

#[test]
fn mariadb_changed_by_hand_is_found_out() {
    audit_all(&mut MariaDb::start());
}

#[test]
fn a_connection_of_sqlite_without_foreign_keys_is_found_out() {
    let mut database = Sqlite::new(Runner::ForeignKeysOff);
    database.fresh(&sql::create(&user(), Dialect::Sqlite), "");
    let codes: Vec<Code> = found(&user(), &mut database).iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::ForeignKeysOff]);
}

#[test]
fn a_connection_of_mariadb_that_is_not_strict_is_found_out() {
    let mut database = MariaDb::start();
    database.fresh(&sql::create(&user(), Dialect::Mysql), "");
    let query = audit::query(&user(), Dialect::Mysql);
    let rows = database.ask(&format!("SET SESSION sql_mode = '', foreign_key_checks = 0; {query}"));
    let found = audit::audit(&user(), &Live::from_rows(rows).unwrap(), Dialect::Mysql);
    let codes: Vec<Code> = found.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::SqlMode, Code::ForeignKeysOff]);
}

#[test]
fn every_code_is_found_on_a_real_database() {
    let files: String = Dialect::ALL.map(|dialect| fs::read_to_string(file(dialect)).unwrap()).concat();
    // What is a matter of the connection or of the whole server.
    let elsewhere = [Code::Encoding, Code::SqlMode, Code::ForeignKeysOff];
    let is_missing = |code: &&Code| !elsewhere.contains(code) && !files.contains(&format!(" {code}: "));
    let missing: Vec<&Code> = Code::ALL.iter().filter(is_missing).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
