//! What differs between the columns of a table.

use super::{Change, Pair, Question};
use crate::{Column, Rename};

impl Pair<'_> {
    pub(super) fn column_changes(&self, found: &mut Vec<Change>) {
        let table = || self.new.name.clone();
        for Rename { from, to, .. } in self.renames() {
            found.push(Change::RenameColumn { table: table(), from: from.clone(), to: to.clone() });
        }
        for column in &self.new.columns {
            match self.before(column) {
                // Under the new name, so that what is left are the properties.
                Some(before) => {
                    let old = Column { name: column.name.clone(), ..before.clone() };
                    if old != *column {
                        let unique = self.is_unique(column);
                        found.push(Change::AlterColumn { table: table(), old, new: column.clone(), unique });
                    }
                }
                None => found.push(Change::AddColumn {
                    table: table(),
                    column: column.clone(),
                    unique: self.is_unique(column),
                }),
            }
        }
        found.extend(
            self.dropped().map(|column| Change::DropColumn { table: table(), column: column.clone() }),
        );
    }

    /// A dropped and an added column that could be one, each with each.
    pub(super) fn questions(&self, has_fields: bool) -> Vec<Question> {
        let added = self.new.columns.iter().filter(|column| self.before(column).is_none());
        let pairs = added.flat_map(|added| self.dropped().map(move |dropped| (dropped, added)));
        let alike = pairs.filter(|(dropped, added)| Question::is_one(dropped, added));
        alike
            .map(|(dropped, added)| Question {
                table: self.new.name.clone(),
                dropped: dropped.clone(),
                added: added.clone(),
                has_fields,
            })
            .collect()
    }

    /// What the column was.
    pub(super) fn before(&self, column: &Column) -> Option<&Column> {
        match self.renames().find(|rename| rename.to == column.name) {
            Some(rename) => self.old.column(&rename.from),
            // One that had the name may have another one now.
            None if self.renames().any(|rename| rename.from == column.name) => None,
            None => self.old.column(&column.name),
        }
    }

    /// The columns that go.
    fn dropped(&self) -> impl Iterator<Item = &Column> {
        self.old.columns.iter().filter(|column| !self.stays(&column.name))
    }

    /// Whether a column of the old table is in the new one, under whatever name.
    pub(super) fn stays(&self, column: &str) -> bool {
        self.renames().any(|rename| rename.from == column)
            || (self.new.column(column).is_some() && self.renames().all(|rename| rename.to != column))
    }

    fn is_unique(&self, column: &Column) -> bool {
        self.new.indexes.iter().any(|index| index.unique && index.columns == [column.name.as_str()])
    }
}
