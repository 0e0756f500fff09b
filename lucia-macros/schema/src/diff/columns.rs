//! What differs between the columns of a table.

use super::{Change, Pair, Question};
use crate::{Column, Rename};

impl Pair<'_> {
    pub(super) fn column_changes(&self, found: &mut Vec<Change>) {
        let table = || self.new.name.clone();
        for Rename { from, to, .. } in self.columns.renames() {
            found.push(Change::RenameColumn { table: table(), from: from.clone(), to: to.clone() });
        }
        for column in &self.new.columns {
            match self.columns.before(column) {
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
            self.columns
                .dropped()
                .map(|column| Change::DropColumn { table: table(), column: column.clone() }),
        );
    }

    /// A dropped and an added column that could be one, each with each.
    pub(super) fn questions(&self, has_fields: bool) -> Vec<Question> {
        let added = self.new.columns.iter().filter(|column| self.columns.before(column).is_none());
        let pairs = added.flat_map(|added| self.columns.dropped().map(move |dropped| (dropped, added)));
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

    fn is_unique(&self, column: &Column) -> bool {
        self.new.indexes.iter().any(|index| index.unique && index.columns == [column.name.as_str()])
    }
}
