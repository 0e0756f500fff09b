//! Why something that was asked for is not written.

use std::fmt;
use std::path::PathBuf;

use super::list;
use crate::need::{self, Need};
use crate::order::VARIABLE;

/// Something about what is to be written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum InWriting {
    /// The system refuses.
    Refused { path: String, error: String },
    /// The package is not the app's own source.
    NotOwn { root: PathBuf, why: &'static str },
    /// No date is later than the newest version.
    NothingAfter { version: String },
    /// Something is to be decided first, which a build does not ask.
    Undecided { struct_name: String, folders: Vec<String>, needs: Vec<Need> },
    /// A snapshot, and the first migration is not there.
    NoFirst { struct_name: String, folder: String },
    /// A snapshot, and there is no migration to put it beside.
    NothingByHand { struct_name: String, folder: String, newest: String },
}

impl fmt::Display for InWriting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { path, error } => {
                write!(f, "`{path}` cannot be written: {error}; build where the source may be changed")
            }
            Self::NotOwn { root, why } => write!(
                f,
                "no migration is written into `{}`, since {why}; unset `{VARIABLE}`, and set it where the package is \
                 developed",
                root.display()
            ),
            Self::NothingAfter { version } => write!(
                f,
                "the newest migration has the version `{version}`, after which no date comes; give it a version that is a \
                 date, for example `2026-01-01-000000`"
            ),
            Self::Undecided { struct_name, folders, needs } => {
                writeln!(
                    f,
                    "the next migration of the struct `{struct_name}` in {} needs a decision:",
                    list(folders)
                )?;
                for need in needs {
                    writeln!(f, "{need}")?;
                }
                write!(
                    f,
                    "Run {}; `cargo install lucia-build --features cli` brings the command.",
                    need::command(needs)
                )
            }
            Self::NoFirst { struct_name, folder } => write!(
                f,
                "`{folder}` has no migration for the struct `{struct_name}` yet; run `{VARIABLE}=write cargo build`, \
                 which writes the first one"
            ),
            Self::NothingByHand { struct_name, folder, newest } => write!(
                f,
                "the newest migration in `{folder}`, `{newest}`, leads to the struct `{struct_name}` as it was; add one with \
                 the SQL of what has changed, for example with `diesel migration generate`, and run this again"
            ),
        }
    }
}
