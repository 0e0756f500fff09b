//! What a person decides where the struct leaves something open, and how it is said: by flags of the command.

use lucia_schema::{Rename, sql::Backfill};

/// A column that goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Drop {
    pub(crate) table: String,
    pub(crate) column: String,
}

/// All that was decided.
#[derive(Clone, Debug, Default)]
pub(crate) struct Decisions {
    /// What the migration is called.
    pub(crate) name: Option<String>,
    pub(crate) renames: Vec<Rename>,
    pub(crate) drops: Vec<Drop>,
    pub(crate) backfills: Vec<Backfill>,
    /// What loses data is allowed.
    pub(crate) destructive: bool,
    /// Uniqueness that look-ups rest on may go.
    pub(crate) duplicates: bool,
    /// What breaks running code is meant: whoever calls the command sees it, a build does not ask.
    pub(crate) by_command: bool,
}

impl Decisions {
    /// As flags, for the record.
    pub(crate) fn flags(&self) -> Vec<String> {
        let renames = self.renames.iter().map(|rename| format!("--rename {rename}"));
        let drops = self.drops.iter().map(|Drop { table, column }| format!("--drop {table}.{column}"));
        let backfills = self.backfills.iter().map(backfill_flag);
        let allowed = [("destructive", self.destructive), ("duplicates", self.duplicates)];
        let allowed = allowed.into_iter().filter(|(_, is)| *is).map(|(what, _)| format!("--allow {what}"));
        renames.chain(drops).chain(backfills).chain(allowed).collect()
    }

    pub(crate) fn drops(&self, table: &str, column: &str) -> bool {
        self.drops.iter().any(|drop| drop.table == table && drop.column == column)
    }

    /// What rows that are there get in a column.
    pub(crate) fn value(&self, table: &str, column: &str) -> Option<&str> {
        let is_it = |backfill: &&Backfill| backfill.table == table && backfill.column == column;
        self.backfills.iter().find(is_it).map(|backfill| backfill.sql.as_str())
    }
}

fn backfill_flag(Backfill { table, column, sql }: &Backfill) -> String {
    format!("--backfill {table}.{column}={sql}")
}
