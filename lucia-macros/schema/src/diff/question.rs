//! What only a person knows: whether a column that goes and one that comes are the same.

use std::fmt;

use crate::{Column, conversion};

/// A column of the old table that goes and one of the new table that comes, where one could be the other under a new name.
///
/// It prints both, and what to write or to pass for each answer, on a line each.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Question {
    /// The table, as it is called now.
    pub table: String,
    /// The column that goes, unless it is the other one.
    pub dropped: Column,
    /// The column that comes, unless it is the other one.
    pub added: Column,
    /// Whether the columns are those of a struct's fields, where an attribute can answer.
    pub(super) has_fields: bool,
}

impl Question {
    /// Values that could go on in the other column are worth the question. So are names that differ in upper and lower case
    /// only, which is most often a slip: SQLite and MySQL take them for one.
    pub(super) fn is_one(dropped: &Column, added: &Column) -> bool {
        conversion(&dropped.ty, &added.ty).is_written() || dropped.name.eq_ignore_ascii_case(&added.name)
    }
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { table, dropped, added, has_fields } = self;
        let (from, to) = (&dropped.name, &added.name);
        writeln!(f, "column `{from}` goes from `{table}` and column `{to}` comes: is it the same one?")?;
        if *has_fields {
            writeln!(
                f,
                "  yes, under a new name: write `#[lucia(renamed_from = \"{from}\")]` above the field of `{to}`, or pass \
                 `--rename {table}.{from}={to}`"
            )?;
            writeln!(
                f,
                "  yes, and only the field has a new name: write `#[lucia(column = \"{from}\")]` above it"
            )?;
        } else {
            writeln!(f, "  yes, under a new name: pass `--rename {table}.{from}={to}`")?;
        }
        write!(f, "  no, and the values of `{from}` are to go: pass `--drop {table}.{from}`")
    }
}
