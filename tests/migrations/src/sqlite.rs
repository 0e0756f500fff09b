//! SQLite, which comes with the tests.

use std::fs;
use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use lucia_schema::Dialect;
use lucia_schema::audit::Row;
use lucia_schema::sql::{Migration, Script};
use tempfile::TempDir;

use crate::database::{Database, State};

/// How migrations are run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runner {
    /// By hand, with foreign keys enforced.
    ForeignKeysOn,
    /// By hand, without.
    ForeignKeysOff,
    /// By Diesel, with foreign keys enforced.
    Harness,
}

/// A database in a file.
#[expect(missing_debug_implementations, reason = "a connection has none")]
pub struct Sqlite {
    folder: TempDir,
    runner: Runner,
    connection: SqliteConnection,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// A row of the query of an audit.
#[derive(QueryableByName)]
struct Asked {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    owner: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    a: String,
    #[diesel(sql_type = Text)]
    b: String,
    #[diesel(sql_type = Text)]
    c: String,
    #[diesel(sql_type = Text)]
    d: String,
    #[diesel(sql_type = Text)]
    e: String,
    #[diesel(sql_type = Text)]
    f: String,
    #[diesel(sql_type = Text)]
    g: String,
}

impl From<Asked> for Row {
    fn from(row: Asked) -> Self {
        [row.kind, row.owner, row.name, row.a, row.b, row.c, row.d, row.e, row.f, row.g]
    }
}

impl Sqlite {
    /// An empty one.
    #[must_use]
    pub fn new(runner: Runner) -> Self {
        let folder = TempDir::new().unwrap();
        let connection = SqliteConnection::establish(":memory:").unwrap();
        let mut new = Self { folder, runner, connection };
        new.reset();
        new
    }

    fn connect(&mut self) {
        let path = self.folder.path().join("db");
        self.connection = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
        let enforced = if self.runner == Runner::ForeignKeysOff { "OFF" } else { "ON" };
        self.execute(&format!(
            "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA foreign_keys = {enforced}"
        ))
        .unwrap();
    }

    /// Runs a script, in a transaction if it wants one.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub fn run(&mut self, script: &Script) -> Result<(), String> {
        let result = if script.in_transaction {
            self.connection
                .transaction(|connection| connection.batch_execute(&script.sql))
                .map_err(|error| text(&error))
        } else {
            self.execute(&script.sql)
        };
        // A script that fails leaves its transaction open, and the next one begins with foreign keys as they were.
        self.connect();
        result
    }

    fn reset(&mut self) {
        self.connection = SqliteConnection::establish(":memory:").unwrap();
        let _ = fs::remove_file(self.folder.path().join("db"));
        self.connect();
    }

    fn lines(&mut self, sql: &str) -> Vec<String> {
        let query = format!("SELECT t.line FROM (SELECT '' AS line WHERE 0 UNION ALL {sql}) AS t");
        let lines: Vec<Line> = diesel::sql_query(query).load(&mut self.connection).unwrap();
        lines.into_iter().map(|line| line.line).collect()
    }

    fn describe(&mut self) -> Vec<String> {
        let ours = "m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '__diesel%'";
        let mut found = self.lines(&format!(
            "SELECT concat_ws(' ', 'column', m.name, c.name, c.type, c.`notnull`, coalesce(c.dflt_value, '-'), c.pk)
             FROM sqlite_master AS m, pragma_table_xinfo(m.name) AS c WHERE {ours}"
        ));
        found.extend(self.lines(
            "SELECT concat_ws(' ', 'key', m.name, k.`from`, k.`table`, k.`to`, k.on_delete)
             FROM sqlite_master AS m, pragma_foreign_key_list(m.name) AS k WHERE m.type = 'table'",
        ));
        let tables =
            self.lines(&format!("SELECT name || char(10) || sql FROM sqlite_master AS m WHERE {ours}"));
        for table in tables {
            let (name, sql) = table.split_once('\n').unwrap();
            found.extend(definitions(sql).into_iter().map(|definition| format!("in {name}: {definition}")));
        }
        let others = self.lines("SELECT sql FROM sqlite_master WHERE type <> 'table' AND sql IS NOT NULL");
        found.extend(others.iter().map(|sql| plain(sql)));
        found
    }

    fn migrations(&self, migration: &Migration) -> FileBasedMigrations {
        let folder = self.folder.path().join("migrations/0001_change");
        write(&folder, migration);
        FileBasedMigrations::from_path(self.folder.path().join("migrations")).unwrap()
    }
}

fn text(error: &diesel::result::Error) -> String {
    error.to_string()
}

fn write(folder: &Path, migration: &Migration) {
    fs::create_dir_all(folder).unwrap();
    let Migration { up, down } = migration;
    fs::write(folder.join("up.sql"), &up.sql).unwrap();
    fs::write(folder.join("down.sql"), &down.sql).unwrap();
    let metadata = folder.join("metadata.toml");
    assert_eq!(up.in_transaction, down.in_transaction, "there is one file for both directions");
    if up.in_transaction {
        let _ = fs::remove_file(metadata);
    } else {
        fs::write(metadata, "run_in_transaction = false\n").unwrap();
    }
}

impl Database for Sqlite {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn fresh(&mut self, setup: &str, rows: &str) -> State {
        self.reset();
        self.execute(setup).unwrap();
        self.state(rows)
    }

    fn execute(&mut self, sql: &str) -> Result<(), String> {
        self.connection.batch_execute(sql).map_err(|error| text(&error))
    }

    fn state(&mut self, rows: &str) -> State {
        let mut lines = self.describe();
        if !rows.is_empty() {
            lines.extend(self.lines(rows));
        }
        State::of(lines.into_iter())
    }

    fn ask(&mut self, query: &str) -> Vec<Row> {
        let rows: Vec<Asked> = diesel::sql_query(query).load(&mut self.connection).unwrap();
        rows.into_iter().map(Row::from).collect()
    }

    fn up(&mut self, migration: &Migration) -> Result<(), String> {
        if self.runner != Runner::Harness {
            return self.run(&migration.up);
        }
        let migrations = self.migrations(migration);
        let result =
            self.connection.run_pending_migrations(migrations).map(drop).map_err(|error| error.to_string());
        self.connect();
        result
    }

    fn down(&mut self, migration: &Migration) -> Result<(), String> {
        if self.runner != Runner::Harness {
            return self.run(&migration.down);
        }
        let migrations = self.migrations(migration);
        let result =
            self.connection.revert_last_migration(migrations).map(drop).map_err(|error| error.to_string());
        self.connect();
        result
    }
}

/// The columns and constraints of a table, as they are written, without the name of a foreign key: SQLite makes no use of it,
/// and it stays when the table is renamed.
fn definitions(sql: &str) -> Vec<String> {
    let inside = sql.get(sql.find('(').unwrap() + 1..sql.rfind(')').unwrap()).unwrap();
    let mut depth = 0;
    let mut quoted = false;
    let mut found = vec![String::new()];
    for c in inside.chars() {
        match c {
            '\'' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                found.push(String::new());
                continue;
            }
            _ => {}
        }
        found.last_mut().unwrap().push(c);
    }
    found
        .iter()
        .map(|definition| {
            let definition = plain(definition);
            match definition.split_once(" FOREIGN KEY ") {
                Some((_, key)) => format!("FOREIGN KEY {key}"),
                None => definition,
            }
        })
        .collect()
}

/// SQLite writes names in double quotes that were in back-ticks.
fn plain(sql: &str) -> String {
    let unquoted: String = sql.chars().filter(|c| !['`', '"'].contains(c)).collect();
    unquoted.split_whitespace().collect::<Vec<_>>().join(" ")
}
