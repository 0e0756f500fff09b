//! Diesel's own command line, in the folder of an app.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use lucia_schema::sql::Migration;
use tempfile::TempDir;

/// A folder with a `diesel.toml`, migrations and whatever else an app has.
#[derive(Debug)]
pub struct App {
    folder: TempDir,
}

/// A `diesel.toml` as Diesel makes it for a new app, for `schema.rs`.
pub const PLAIN: &str = "[print_schema]\nfile = \"src/schema.rs\"\n";

impl Default for App {
    fn default() -> Self {
        Self::new(PLAIN)
    }
}

impl App {
    /// An app without migrations.
    #[must_use]
    pub fn new(diesel_toml: &str) -> Self {
        let new = Self { folder: TempDir::new().unwrap() };
        new.write("diesel.toml", diesel_toml);
        fs::create_dir(new.path("migrations")).unwrap();
        new
    }

    /// Where a file of the app is.
    #[must_use]
    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    /// What a file of the app says.
    #[must_use]
    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }

    /// Writes a file, and the folders that it is in.
    pub fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Adds a migration to the folder.
    pub fn add(&self, name: &str, migration: &Migration) {
        write_migration(&self.path("migrations").join(name), migration);
    }

    /// Adds one that the app has written itself.
    pub fn add_own(&self, name: &str, up: &str, down: &str) {
        self.write(&format!("migrations/{name}/up.sql"), up);
        self.write(&format!("migrations/{name}/down.sql"), down);
    }

    /// Runs a command on a database and returns what it prints.
    ///
    /// # Errors
    ///
    /// What it says when it fails.
    pub fn diesel(&self, database: &Path, arguments: &[&str]) -> Result<String, String> {
        let mut diesel = Command::new(program());
        diesel.current_dir(self.folder.path()).args(arguments).arg("--database-url").arg(database);
        for variable in ["DATABASE_URL", "DIESEL_CONFIG_FILE", "MIGRATION_DIRECTORY"] {
            diesel.env_remove(variable);
        }
        let output = diesel.output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        if output.status.success() {
            return Ok(text(&output.stdout));
        }
        let mut said = text(&output.stdout);
        write!(said, "{}", text(&output.stderr)).unwrap();
        Err(said)
    }

    /// The statements of the migration that Diesel writes so that a database becomes what a file of `table!`s says: none if
    /// there is no difference that it sees.
    ///
    /// # Errors
    ///
    /// What it says when it fails.
    pub fn difference(&self, database: &Path, schema_rs: &str) -> Result<Vec<String>, String> {
        let diff = format!("--diff-schema={schema_rs}");
        // Beside the migrations, so that none of them stays.
        let _ = fs::remove_dir_all(self.path("differences"));
        fs::create_dir(self.path("differences")).unwrap();
        let arguments =
            ["migration", "generate", "difference", "--version", "1", "--migration-dir", "differences"];
        self.diesel(database, &[&arguments[..], &[&diff]].concat())?;
        let [up, down] = ["up", "down"]
            .map(|name| statements(&self.read(&format!("differences/1_difference/{name}.sql"))));
        assert_eq!(up.is_empty(), down.is_empty(), "{up:?} {down:?}");
        Ok(up)
    }
}

fn statements(sql: &str) -> Vec<String> {
    let code: Vec<&str> = sql.lines().filter(|line| !line.starts_with("--")).collect();
    let statements = code.join(" ");
    let statements = statements.split(';').map(|one| one.split_whitespace().collect::<Vec<_>>().join(" "));
    statements.filter(|statement| !statement.is_empty()).collect()
}

/// Writes what is in the directory of a migration.
pub(crate) fn write_migration(folder: &Path, migration: &Migration) {
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

fn program() -> PathBuf {
    let installed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/tools/bin/diesel");
    let program = std::env::var_os("LUCIA_DIESEL_CLI").map_or(installed, PathBuf::from);
    assert!(
        program.exists(),
        "Diesel's command line is not installed; run `tests/run diesel`, or name it in `LUCIA_DIESEL_CLI`"
    );
    program
}
