//! What can be wrong with what a person decided.

use std::fmt;

/// Something about a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum InDecision {
    /// A name that is none for a directory.
    Name { value: String },
    /// A rename with nothing to rename.
    Rename { why: String },
    /// No such column goes.
    Drop { table: String, column: String },
    /// No migration that would be written needs it.
    Backfill { table: String, column: String },
    /// Nothing is written by any decision.
    Refused { what: String },
}

impl fmt::Display for InDecision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name { value } => write!(
                f,
                "`--name {value}` is no name for a migration; use letters, digits, `_` and `-`, for example \
                 `--name add_phone`"
            ),
            Self::Rename { why } => f.write_str(why),
            Self::Drop { table, column } => write!(
                f,
                "`--drop {table}.{column}` has nothing to drop: no column `{column}` goes from the table that is now called \
                 `{table}`; leave it out"
            ),
            Self::Backfill { table, column } => write!(
                f,
                "`--backfill {table}.{column}` has nothing to fill: the column neither is new nor may hold null no longer; \
                 leave it out, or set the column by an `UPDATE` in a migration of your own"
            ),
            Self::Refused { what } => f.write_str(what),
        }
    }
}
