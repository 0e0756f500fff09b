//! Which index of the new table is which one of the old.

use crate::pairing::Pairing;
use crate::{Index, Table};

/// The indexes of a table, before and after.
pub(super) struct Indexes<'a> {
    /// Those of both, which may have another name.
    pub(super) same: Vec<(&'a Index, &'a Index)>,
    pub(super) gone: Vec<&'a Index>,
    pub(super) new: Vec<&'a Index>,
}

/// An index goes with its columns, whatever else then has their names.
pub(super) fn compare<'a>(old: &'a Table, new: &'a Table, columns: &Pairing<'a>) -> Indexes<'a> {
    let mut left: Vec<&Index> = new.indexes.iter().collect();
    let mut found = Indexes { same: Vec::new(), gone: Vec::new(), new: Vec::new() };
    for index in &old.indexes {
        let same = |other: &&Index| {
            index
                .columns
                .iter()
                .map(|name| columns.after(name))
                .eq(other.columns.iter().map(|name| Some(name.as_str())))
                && (index.unique, index.nocase) == (other.unique, other.nocase)
        };
        match left.iter().position(same) {
            Some(place) => found.same.push((index, left.remove(place))),
            None => found.gone.push(index),
        }
    }
    found.new = left;
    found
}
