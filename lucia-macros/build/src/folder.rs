//! A folder of migrations, as Diesel reads it.

use lucia_schema::Snapshot;

use crate::Database;
use crate::problem::{InFolder, Problem};

/// The name of the file that holds the tables as they are after a migration of ours.
pub(crate) const SNAPSHOT: &str = "lucia.json";

/// A directory in a folder of migrations: its name, and the text of what is in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) up: Option<String>,
    pub(crate) down: Option<String>,
    pub(crate) metadata: Option<String>,
    pub(crate) snapshot: Option<String>,
}

/// A folder that Diesel can run.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    /// The database that it is for.
    pub(crate) database: Database,
    /// As the app calls it.
    pub(crate) path: String,
    /// In the order in which they run.
    pub(crate) migrations: Vec<Migration>,
}

/// One migration, ours or the app's own.
#[derive(Clone, Debug)]
pub(crate) struct Migration {
    pub(crate) version: String,
    pub(crate) name: String,
    pub(crate) up: String,
    pub(crate) down: Option<String>,
    /// Whether it may share a transaction with others.
    pub(crate) in_transaction: bool,
    /// What it leads to and follows, if it is one of ours.
    pub(crate) snapshot: Option<Snapshot>,
}

impl Folder {
    /// Diesel's rules. One that is broken makes Diesel fail or, with a version given twice, silently leave one out.
    pub(crate) fn of(database: Database, path: &str, entries: Vec<Entry>) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut migrations: Vec<Migration> = Vec::new();
        for entry in entries {
            match Migration::of(path, entry) {
                Ok(migration) => migrations.push(migration),
                Err(problem) => problems.push(problem.into()),
            }
        }
        // By name second, so that messages do not depend on the order in which a file system lists.
        migrations.sort_by(|a, b| (&a.version, &a.name).cmp(&(&b.version, &b.name)));
        problems.extend(same_versions(path, &migrations).map(Problem::from));
        if problems.is_empty() {
            Ok(Self { database, path: path.to_owned(), migrations })
        } else {
            Err(problems)
        }
    }
}

impl Migration {
    fn of(folder: &str, entry: Entry) -> Result<Self, InFolder> {
        let path = format!("{folder}/{}", entry.name);
        let version = version(&entry.name);
        if version.is_empty() {
            return Err(InFolder::NoVersion { path });
        }
        let up = match entry.up {
            None if Database::ALL.iter().any(|database| database.name() == entry.name) => {
                return Err(InFolder::OfDatabase { folder: folder.to_owned(), path });
            }
            None => return Err(InFolder::NoUp { path }),
            Some(up) if up.is_empty() => return Err(InFolder::EmptyUp { path }),
            Some(up) => up,
        };
        let snapshot =
            entry.snapshot.map(|text| Snapshot::from_json(&text)).transpose().map_err(|error| {
                InFolder::Snapshot { path: format!("{path}/{SNAPSHOT}"), error: error.to_string() }
            })?;
        let in_transaction = entry.metadata.is_none_or(|text| runs_in_transaction(&text));
        Ok(Self { version, name: entry.name, up, down: entry.down, in_transaction, snapshot })
    }
}

/// What Diesel tells migrations apart by.
pub(crate) fn version(name: &str) -> String {
    name.split('_').next().unwrap_or_default().replace('-', "")
}

/// Whether a `metadata.toml` leaves the transaction on. It must say so: Diesel takes a file without the line for a no.
fn runs_in_transaction(metadata: &str) -> bool {
    metadata.lines().any(|line| {
        let line = line.split('#').next().unwrap_or_default();
        line.split_once('=')
            .is_some_and(|(key, value)| key.trim() == "run_in_transaction" && value.trim() == "true")
    })
}

fn same_versions(path: &str, sorted: &[Migration]) -> impl Iterator<Item = InFolder> {
    sorted.iter().zip(sorted.iter().skip(1)).filter(|(one, next)| one.version == next.version).map(
        |(one, next)| InFolder::SameVersion {
            folder: path.to_owned(),
            version: one.version.clone(),
            names: [one.name.clone(), next.name.clone()],
        },
    )
}
