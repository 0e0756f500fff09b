//! What can be wrong with the history of a user type.

use std::fmt;

use super::list;
use crate::order::VARIABLE;

/// Something about the order in which migrations follow each other, or about what has become of them since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum InHistory {
    /// Two follow one, or two are the first.
    Fork { folder: String, one: Vec<String>, other: Vec<String> },
    /// One follows a migration that is not there.
    Missing { folder: String, name: String, before: Option<String> },
    /// One runs before the one that it follows.
    Order { folder: String, first: String, second: String },
    /// The SQL has changed since it was written.
    Edited { path: String },
    /// The SQL is gone.
    Deleted { path: String },
}

impl fmt::Display for InHistory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fork { folder, one, other } => write!(
                f,
                "{} and {} in `{folder}` go on from the same tables, since two branches have each changed the struct; choose one \
                 that has not run in production, revert it wherever else it has run, delete its directory, and run \
                 `{VARIABLE}=write cargo build` or `cargo lucia migrate make`, which writes its change again, after the other",
                list(one),
                list(other)
            ),
            Self::Missing { folder, name, before } => {
                write!(f, "the migration that `{name}` in `{folder}` follows is gone")?;
                if let Some(before) = before {
                    write!(f, ": it came after `{before}`")?;
                }
                f.write_str(
                    "; restore its directory from version control or, if nothing from there on has run anywhere, delete what \
                     follows it too",
                )
            }
            Self::Order { folder, first, second } => write!(
                f,
                "`{second}` in `{folder}` follows `{first}`, and its date lets it run before; give it a later date if it has \
                 not run anywhere yet, else restore the names that the two had"
            ),
            Self::Edited { path } => write!(
                f,
                "`{path}` is not what it was when its `lucia.json` was written; restore it from version control if it has run \
                 anywhere: a database that has run it does not run it again. If it has not, and you mean the edit, run \
                 `{VARIABLE}=snapshot cargo build` or `cargo lucia migrate make --by-hand`, which takes it as it is",
            ),
            Self::Deleted { path } => {
                write!(f, "`{path}` is gone; restore it from version control")
            }
        }
    }
}
