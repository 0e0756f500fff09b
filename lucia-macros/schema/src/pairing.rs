//! Which column of a table is which one of the same table as it was, under the declared renames.

use crate::{Column, Rename, Table};

/// A table before and after.
pub(crate) struct Pairing<'a> {
    old: &'a Table,
    new: &'a Table,
    /// Those of this table.
    renames: Vec<&'a Rename>,
}

impl<'a> Pairing<'a> {
    /// A table under the renames of all tables.
    pub(crate) fn new(old: &'a Table, new: &'a Table, renames: &'a [Rename]) -> Self {
        let renames = renames.iter().filter(|rename| rename.table == new.name).collect();
        Self { old, new, renames }
    }

    /// The renames of its columns.
    pub(crate) fn renames(&self) -> impl Iterator<Item = &'a Rename> {
        self.renames.iter().copied()
    }

    /// What a column was. One whose name went to another column is new.
    pub(crate) fn before(&self, column: &Column) -> Option<&'a Column> {
        match self.renames().find(|rename| rename.to == column.name) {
            Some(rename) => self.old.column(&rename.from),
            None if self.renames().any(|rename| rename.from == column.name) => None,
            None => self.old.column(&column.name),
        }
    }

    /// What a column is called now, if it is there. Where another one has its name, it is not.
    pub(crate) fn after(&self, column: &str) -> Option<&'a str> {
        if let Some(rename) = self.renames().find(|rename| rename.from == column) {
            return Some(&rename.to);
        }
        let is_taken = self.renames().any(|rename| rename.to == column);
        self.new.column(column).filter(|_| !is_taken).map(|column| column.name.as_str())
    }

    /// The columns that go.
    pub(crate) fn dropped(&self) -> impl Iterator<Item = &'a Column> {
        self.old.columns.iter().filter(|column| self.after(&column.name).is_none())
    }
}
