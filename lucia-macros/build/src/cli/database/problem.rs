//! What is wrong with a database, in words. Each says what to do.

use std::fmt;

use crate::Database;
use crate::problem::list;

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) enum InDatabase {
    /// Nothing says where it is.
    NoUrl,
    /// The command was installed without the driver.
    #[cfg(not(all(feature = "sqlite", feature = "postgres", feature = "mysql")))]
    NoDriver { database: Database },
    /// There are no migrations for it.
    Other { database: Database, databases: Vec<Database> },
    /// It is gone when the command ends.
    #[cfg(feature = "sqlite")]
    InMemory { url: String },
    /// It does not open.
    #[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
    Unopened { url: String, database: Database, error: String },
    /// It opens, and does not answer.
    Unanswered { url: String, error: String },
    /// The newest that has run is not there to be reverted.
    NotInFolder { version: String, folder: String },
    /// There is no way back.
    NoDown { path: String },
    /// There is no migration to be marked.
    NoFirst { folder: String },
    /// A migration has failed.
    Failed { sentence: String },
}

impl fmt::Display for InDatabase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoUrl => f.write_str(
                "nothing says where the database is; pass `--database-url`, with the path of a file for SQLite, or set \
                 `DATABASE_URL`",
            ),
            #[cfg(not(all(feature = "sqlite", feature = "postgres", feature = "mysql")))]
            Self::NoDriver { database } => write!(
                f,
                "this `cargo lucia` was installed without what it takes to speak to {}; run \
                 `cargo install lucia-build --features cli,{database}`",
                title(*database)
            ),
            Self::Other { database, databases } => {
                let names: Vec<String> = databases.iter().map(ToString::to_string).collect();
                write!(
                    f,
                    "the URL is that of a database of `{database}`, and the migrations are for {}; name another database, or add this one in \
                     `build.rs`",
                    list(&names)
                )
            }
            #[cfg(feature = "sqlite")]
            Self::InMemory { url } => write!(
                f,
                "`{url}` is a database in memory, which is gone when the command ends; name a file"
            ),
            #[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
            Self::Unopened { url, database, error } => {
                write!(f, "the database `{url}` does not open: {}; {}", sentence(error), look(*database))
            }
            Self::Unanswered { url, error } => write!(
                f,
                "the database `{url}` does not answer: {}; look whether it is the right one, and whether somebody else holds it",
                sentence(error)
            ),
            Self::NotInFolder { version, folder } => write!(
                f,
                "the newest migration that has run, of version `{version}`, is not in `{folder}`; get it from the branch that it is \
                 on, since its `down.sql` is what reverts it"
            ),
            Self::NoDown { path } => {
                write!(f, "`{path}` is not there, so that the migration cannot be reverted; write it")
            }
            Self::NoFirst { folder } => write!(
                f,
                "`{folder}` has no migration of the struct that could be marked as run; write the first one by \
                 `cargo lucia migrate make`"
            ),
            Self::Failed { sentence } => f.write_str(sentence),
        }
    }
}

/// What a database says, in a line, and without the end that some put and others do not.
pub(super) fn sentence(error: &str) -> String {
    error.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches('.').to_owned()
}

/// As a person calls it.
#[cfg(not(all(feature = "sqlite", feature = "postgres", feature = "mysql")))]
const fn title(database: Database) -> &'static str {
    match database {
        Database::Sqlite => "SQLite",
        Database::Postgres => "PostgreSQL",
        Database::Mysql => "MySQL and MariaDB",
    }
}

/// Where to look when it does not open.
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
const fn look(database: Database) -> &'static str {
    match database {
        Database::Sqlite => {
            "look whether the file and its folder are there and yours to write; only `cargo lucia migrate run` makes a file that \
             is not there"
        }
        Database::Postgres | Database::Mysql => {
            "look whether the server runs, and whether name and password are right"
        }
    }
}
