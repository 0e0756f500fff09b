//! Why something that was asked for is not written.

use std::fmt;
use std::path::PathBuf;

use crate::order::VARIABLE;

/// Something about what is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum InWriting {
    /// The system refuses.
    Refused { path: String, error: String },
    /// The package is not the app's own source.
    NotOwn { root: PathBuf, why: &'static str },
    /// No date is later than the newest version.
    NothingAfter { version: String },
    /// A change, which cannot be written yet.
    Change { struct_name: String, folder: String, changes: Vec<String> },
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
            Self::Change { struct_name, folder, changes } => {
                writeln!(
                    f,
                    "the struct `{struct_name}` has changed since its newest migration in `{folder}`:"
                )?;
                changes.iter().try_for_each(|change| writeln!(f, "  - {change}"))?;
                write!(
                    f,
                    "This release of lucia writes the first migration only. To write this one by hand:\n  \
                     1. add a migration to `{folder}`, for example with `diesel migration generate`;\n  \
                     2. write the SQL of the changes into its `up.sql`, and the way back into `down.sql`;\n  \
                     3. run `{VARIABLE}=snapshot cargo build`, which adds `lucia.json` to it."
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
