//! What `LUCIA_MIGRATIONS` asks for.

use std::ffi::OsStr;

use crate::problem::Problem;

/// The name of the variable.
pub(crate) const VARIABLE: &str = "LUCIA_MIGRATIONS";

/// What to do besides comparing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// Nothing.
    Check,
    /// Write the next migration, if it needs no decision.
    Write,
    /// Take SQL that was written or edited by hand as it is, and write down where it leads.
    Snapshot,
}

impl Order {
    pub(crate) fn parse(value: Option<&OsStr>) -> Result<Self, Problem> {
        match value.map(OsStr::to_string_lossy).as_deref() {
            None | Some("" | "check") => Ok(Self::Check),
            Some("write") => Ok(Self::Write),
            Some("snapshot") => Ok(Self::Snapshot),
            Some(other) => Err(Problem::UnknownOrder { value: other.to_owned() }),
        }
    }
}
