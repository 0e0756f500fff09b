//! What can be wrong with a folder of migrations.

use std::fmt;

/// Something about the folder of migrations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum InFolder {
    /// It, or a file in it, cannot be read.
    Unreadable { path: String, error: String },
    /// A migration's name does not tell its version.
    NoVersion { path: String },
    /// A migration has no `up.sql`.
    NoUp { path: String },
    /// A migration's `up.sql` is empty.
    EmptyUp { path: String },
    /// A folder for one database holds the folder of a database.
    OfDatabase { folder: String, path: String },
    /// The folder that holds one for each database has migrations itself.
    BesideDatabases { folder: String, name: String, first: String },
    /// Two migrations of one version.
    SameVersion { folder: String, version: String, names: [String; 2] },
    /// A snapshot that cannot be read.
    Snapshot { path: String, error: String },
    /// A lock file that cannot be read.
    Lock { path: String, error: String },
}

impl fmt::Display for InFolder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, error } => {
                write!(
                    f,
                    "`{path}` cannot be read: {error}; make it readable, or name another folder in `build.rs`"
                )
            }
            Self::NoVersion { path } => write!(
                f,
                "`{path}` does not begin with the version of a migration; call it, for example, `2026-01-01-000000_name`"
            ),
            Self::NoUp { path } => write!(
                f,
                "`{path}` has no `up.sql`, and Diesel takes every directory there for a migration; write one, or move the \
                 directory out"
            ),
            Self::EmptyUp { path } => write!(
                f,
                "`{path}/up.sql` is empty, which Diesel refuses to run; write the migration, or delete its directory"
            ),
            Self::OfDatabase { folder, path } => write!(
                f,
                "`{folder}` is for the only database that `build.rs` names, and holds a folder for one of several, `{path}`; \
                 name all of them by `.databases([..])`, or this folder by `.migrations({path:?})`"
            ),
            Self::BesideDatabases { folder, name, first } => write!(
                f,
                "`{folder}/{name}` is a migration beside the folders of the databases; move all migrations into the folder of \
                 the database that they are for, for example `{folder}/{first}`"
            ),
            Self::SameVersion { folder, version, names: [one, other] } => write!(
                f,
                "`{one}` and `{other}` in `{folder}` have the same version, `{version}`, so that Diesel would run only one of \
                 them; give the one that has not run anywhere yet a later date"
            ),
            // The error says what to do.
            Self::Snapshot { path, error } | Self::Lock { path, error } => write!(f, "`{path}`: {error}"),
        }
    }
}
