//! A folder of migrations beside the database that runs them.

use std::fmt::Write as _;
use std::path::PathBuf;

use lucia_schema::Schema;
use lucia_schema::audit::{self, Finding};
use lucia_schema::sql::sqlite::REBUILD_OPENS;
use serde_json::{Map, Value, json};

use super::Subject;
use crate::cli::arguments::{Live as Given, Which};
use crate::cli::database::{self, Connected, Failure, IfMissing, InDatabase, Left, Transaction, Url};
use crate::cli::paint::good;
use crate::cli::{Stop, find};
use crate::folder::{Folder, Migration};
use crate::place;

/// The two, and the struct.
pub(in crate::cli) struct Live {
    /// With the one folder only that is for this database.
    pub(in crate::cli) subject: Subject,
    pub(in crate::cli) url: Url,
    pub(in crate::cli) connection: Box<dyn Connected>,
    /// The versions that have run, the oldest first.
    pub(in crate::cli) done: Vec<String>,
    /// Where the folder is.
    path: PathBuf,
}

impl Live {
    pub(in crate::cli) fn open(which: &Which, given: &Given, if_missing: IfMissing) -> Result<Self, Stop> {
        let url = Url::given(given.database_url.as_ref())?;
        let (subject, path) = subject(which, &url)?;
        let mut connection = database::open(&url, if_missing)?;
        let unanswered = |error| InDatabase::Unanswered { url: url.to_string(), error };
        let done = connection.done().map_err(unanswered)?;
        Ok(Self { subject, url, connection, done, path })
    }

    /// The folder.
    pub(in crate::cli) fn folder(&self) -> Result<&Folder, Stop> {
        let database = self.url.database();
        let none = || InDatabase::Other { database, databases: Vec::new() };
        Ok(self.subject.folders.first().ok_or_else(none)?)
    }

    /// Whether it has run.
    pub(in crate::cli) fn has_run(&self, migration: &Migration) -> bool {
        self.done.contains(&migration.version)
    }

    /// Runs one.
    pub(in crate::cli) fn run(&mut self, migration: &Migration) -> Result<(), (Failure, Left)> {
        let outcome = self.connection.run(&self.path, &migration.version);
        outcome.map_err(|failure| self.left(failure, migration, Some(&migration.up)))
    }

    /// Reverts one.
    pub(in crate::cli) fn revert(&mut self, migration: &Migration) -> Result<(), (Failure, Left)> {
        let outcome = self.connection.revert(&self.path, &migration.version);
        outcome.map_err(|failure| self.left(failure, migration, migration.down.as_deref()))
    }

    /// Enters that a migration has run, without running it.
    pub(in crate::cli) fn mark(&mut self, version: &str) -> Result<(), InDatabase> {
        let outcome = self.connection.mark(version);
        outcome.map_err(|error| self.unanswered(error))
    }

    /// What is not as it should be for these tables.
    pub(in crate::cli) fn audit(&mut self, schema: &Schema) -> Result<Vec<Finding>, InDatabase> {
        let database = self.url.database();
        let rows = self.connection.rows(&audit::query(schema, database));
        let rows = rows.map_err(|error| self.unanswered(error))?;
        let tables = audit::Live::from_rows(rows).map_err(|error| self.unanswered(error.to_string()))?;
        Ok(audit::audit(schema, &tables, database))
    }

    fn unanswered(&self, error: String) -> InDatabase {
        InDatabase::Unanswered { url: self.url.to_string(), error }
    }

    fn left(&self, failure: Failure, migration: &Migration, sql: Option<&str>) -> (Failure, Left) {
        let transaction = if migration.in_transaction {
            Transaction::Diesel
        } else if sql.is_some_and(|sql| sql.contains(REBUILD_OPENS)) {
            Transaction::Own
        } else {
            Transaction::None
        };
        let left = Left::of(&failure, self.url.database(), transaction);
        (failure, left)
    }

    /// What every answer says, with more.
    pub(in crate::cli) fn json(&self, status: &str, more: Value) -> Value {
        let found = &self.subject.found;
        let all = json!({
            "status": status,
            "user": found.structure.ident.to_string(),
            "file": found.file(),
            "database": self.url.database().name(),
            "url": self.url.to_string(),
        });
        let mut both = Map::new();
        both.extend([all, more].into_iter().flat_map(|value| match value {
            Value::Object(fields) => fields,
            _ => Map::new(),
        }));
        Value::Object(both)
    }
}

fn subject(which: &Which, url: &Url) -> Result<(Subject, PathBuf), Stop> {
    let database = url.database();
    let found = find::find(which)?.or_for(database).with_databases()?;
    let Some(place) = found.places.iter().find(|place| place.database == database).cloned() else {
        return Err(InDatabase::Other { database, databases: place::databases(&found.places) }.into());
    };
    let folders = place::read(&found.user, &found.package, std::slice::from_ref(&place))?;
    let path = found.package.root.join(&place.path);
    Ok((Subject { found, folders }, path))
}

/// A line for each migration with which something was done.
pub(in crate::cli) fn named(done: &str, names: &[String]) -> String {
    let mut out = String::new();
    for name in names {
        // Writing to a `String` cannot fail.
        let _ = writeln!(out, "{} `{name}`", good(done));
    }
    out
}
