//! What turns the tables of one schema into those of another, as operations that a person and a planner of SQL understand.
//!
//! The order of columns and indexes is no difference: a database that was migrated in steps has another order than one that
//! was made at once, and queries name the columns that they read. What was renamed is declared and never guessed.

mod change;
mod columns;
mod danger;
mod effect;
mod indexes;
mod question;
mod rename;
mod retype;
mod words;

pub use change::Change;
pub use danger::Danger;
pub use effect::Effect;
pub use question::Question;
pub use rename::{Rename, Renames, Unused, UnusedRename};

use crate::pairing::Pairing;
use crate::{ForeignKey, Schema, Table};

/// What differs between two schemas.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Diff {
    /// What turns the old one into the new one, table by table in the order of the new one; tables that go come last. The
    /// renames of one table happen at once.
    pub changes: Vec<Change>,
    /// What could be meant otherwise: see [`Question`]. The changes are those of the answer no.
    pub questions: Vec<Question>,
    /// The declared renames that had nothing to do. From an attribute that is nothing special, since it stays after the
    /// migration; whoever asked for one on the command line has made a mistake.
    pub unused: Vec<UnusedRename>,
}

/// What turns `old` into `new`.
///
/// Tables are paired by their place, so that one with another name in the same place is a renamed one; columns are paired
/// by their name, under the declared renames.
///
/// # Example
///
/// ```
/// use lucia_schema::{Danger, Rename, Schema, TableNames, diff};
/// # use lucia_schema::{Column, Keyed, Type, UserColumn};
/// # fn user(column: &str) -> Schema {
/// #     let ty = Type::Text { max_length: None };
/// #     let column = Column { name: column.to_owned(), ty, nullable: true, default: None };
/// #     Schema::of(&TableNames::default(), &[UserColumn { column, keyed: Keyed::No }], &[])
/// # }
/// let (old, new) = (user("mail"), user("email"));
///
/// // Nobody has said that it is the same column.
/// let guessed = diff(&old, &new, &[]);
/// assert_eq!((guessed.changes.len(), guessed.questions.len()), (2, 1));
///
/// let rename = Rename::new("auth_user", "mail", "email");
/// let declared = diff(&old, &new, &[rename]);
/// assert_eq!(declared.changes[0].to_string(), "column `mail` of `auth_user` is now called `email`");
/// assert_eq!(declared.changes[0].danger(), Danger::BreaksRunningCode);
/// ```
#[must_use]
pub fn diff(old: &Schema, new: &Schema, renames: &[Rename]) -> Diff {
    let Renames { applied, unused } = Renames::of(old, new, renames);
    let mut found = Diff { unused, ..Diff::default() };
    for (place, table) in new.tables.iter().enumerate() {
        let Some(before) = old.tables.get(place) else {
            found.changes.push(Change::CreateTable { table: table.clone() });
            continue;
        };
        let columns = Pairing::new(before, table, &applied);
        let pair = Pair { schema: old, after: new, old: before, new: table, renames: &applied, columns };
        pair.changes(&mut found.changes);
        found.questions.extend(pair.questions(place == 0));
    }
    let gone = old.tables.iter().skip(new.tables.len()).rev();
    found.changes.extend(gone.map(|table| Change::DropTable { table: table.clone() }));
    found
}

impl Diff {
    /// Takes “no” for the answer to every question about this column of the old table: it is no rename, its values go. False
    /// if no such column goes, so that there was nothing to answer.
    pub fn answer_drop(&mut self, table: &str, column: &str) -> bool {
        let is_about = |question: &Question| question.table == table && question.dropped.name == column;
        self.questions.retain(|question| !is_about(question));
        self.changes.iter().any(
            |change| matches!(change, Change::DropColumn { table: t, column: c } if t == table && c.name == column),
        )
    }
}

/// A table before and after.
struct Pair<'a> {
    schema: &'a Schema,
    after: &'a Schema,
    old: &'a Table,
    new: &'a Table,
    /// The renames of all tables.
    renames: &'a [Rename],
    columns: Pairing<'a>,
}

impl Pair<'_> {
    /// In an order in which they could be done: what is in the way goes first, what rests on others comes last.
    fn changes(&self, found: &mut Vec<Change>) {
        let table = || self.new.name.clone();
        if self.old.name != self.new.name {
            found.push(Change::RenameTable { from: self.old.name.clone(), to: table() });
        }
        let keys = self.old_foreign_keys();
        let (dropped, renamed, added) = matched(&keys, &self.new.foreign_keys, same_key, |key| &key.name);
        found.extend(dropped.map(|key| Change::DropForeignKey { table: table(), key: key.clone() }));
        let (drops, creates) = self.index_changes();
        found.extend(drops);
        self.column_changes(found);
        let primary_key = self.columns_after(&self.old.primary_key);
        if primary_key != self.new.primary_key {
            let to = self.new.primary_key.clone();
            found.push(Change::ChangePrimaryKey { table: table(), from: primary_key, to });
        }
        found.extend(creates);
        found.extend(renamed.map(|(from, to)| Change::RenameForeignKey {
            table: table(),
            from: from.name.clone(),
            to: to.name.clone(),
        }));
        found.extend(added.map(|key| Change::AddForeignKey { table: table(), key: key.clone() }));
    }

    /// Columns of the old table as they are called now.
    fn columns_after(&self, columns: &[String]) -> Vec<String> {
        rename::after(self.renames, &self.new.name, columns)
    }

    /// The old foreign keys, with all names in them but their own as they are now.
    fn old_foreign_keys(&self) -> Vec<ForeignKey> {
        let keys = self.old.foreign_keys.iter();
        keys.map(|key| {
            let place = self.schema.tables.iter().position(|table| table.name == key.table);
            let table = place.and_then(|place| self.after.tables.get(place));
            let table = table.map_or(&key.table, |table| &table.name);
            ForeignKey {
                name: key.name.clone(),
                columns: self.columns_after(&key.columns),
                table: table.clone(),
                references: rename::after(self.renames, table, &key.references),
            }
        })
        .collect()
    }
}

fn same_key(a: &ForeignKey, b: &ForeignKey) -> bool {
    (&a.columns, &a.table, &a.references) == (&b.columns, &b.table, &b.references)
}

/// What is only among the old ones, what has another name, and what is only among the new ones. Of several that are the
/// same but for their names, those with the same name belong together.
fn matched<'a, T: PartialEq>(
    old: &'a [T],
    new: &'a [T],
    is_same: fn(&T, &T) -> bool,
    name: fn(&T) -> &String,
) -> (
    impl Iterator<Item = &'a T> + use<'a, T>,
    impl Iterator<Item = (&'a T, &'a T)> + use<'a, T>,
    impl Iterator<Item = &'a T> + use<'a, T>,
) {
    let mut dropped: Vec<&T> = old.iter().collect();
    let mut added: Vec<&T> = new.iter().collect();
    let mut renamed = Vec::new();
    for exactly in [true, false] {
        added.retain(|item| {
            let fits = |other: &&T| is_same(other, item) && (!exactly || name(other) == name(item));
            let Some(place) = dropped.iter().position(fits) else { return true };
            let before = dropped.remove(place);
            renamed.extend((!exactly).then_some((before, *item)));
            false
        });
    }
    (dropped.into_iter(), renamed.into_iter(), added.into_iter())
}
