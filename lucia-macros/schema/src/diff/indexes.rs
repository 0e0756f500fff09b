//! What differs between the indexes of a table.

use super::{Change, Pair, matched};
use crate::Index;

impl Pair<'_> {
    /// The indexes that go, and what becomes of the others.
    pub(super) fn index_changes(&self) -> (Vec<Change>, Vec<Change>) {
        let table = || self.new.name.clone();
        let old: Vec<Index> = self
            .old
            .indexes
            .iter()
            .map(|index| Index { columns: self.columns_after(&index.columns), ..index.clone() })
            .collect();
        let (dropped, renamed, added) = matched(&old, &self.new.indexes, does_the_same, |index| &index.name);
        let dropped = dropped.map(|index| Change::DropIndex {
            table: table(),
            index: index.clone(),
            loosens: self.loosens(index),
        });
        let renamed = renamed.map(|(from, to)| Change::RenameIndex {
            table: table(),
            from: from.name.clone(),
            to: to.clone(),
        });
        let added = added.map(|index| Change::AddIndex {
            table: table(),
            index: index.clone(),
            on_nulls: self.is_on_nulls(index),
        });
        (dropped.collect(), renamed.chain(added).collect())
    }

    /// Whether columns that stay may hold equal values without the index. Another one may refuse more of them still.
    fn loosens(&self, index: &Index) -> bool {
        let covers = |other: &Index| {
            let is_part = other.columns.iter().all(|column| index.columns.contains(column));
            other.unique && is_part && (other.nocase || !index.nocase)
        };
        let stay = index.columns.iter().all(|column| self.new.column(column).is_some());
        index.unique && stay && !self.new.indexes.iter().any(covers)
    }

    /// Whether every row has a null among the columns, since one of them is new and nothing fills it.
    fn is_on_nulls(&self, index: &Index) -> bool {
        let columns = index.columns.iter().filter_map(|name| self.new.column(name));
        columns.into_iter().any(|column| {
            column.nullable && column.default.is_none() && self.columns.before(column).is_none()
        })
    }
}

/// Whether two indexes do the same, whatever they are called.
fn does_the_same(a: &Index, b: &Index) -> bool {
    (&a.columns, a.unique, a.nocase) == (&b.columns, b.unique, b.nocase)
}
