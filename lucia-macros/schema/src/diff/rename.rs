//! What was called otherwise: declared by a person, applied where the old tables still have the old name.

use std::fmt;

use crate::{Schema, Table};

/// A column that has another name, and keeps its values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rename {
    /// The table, as it is called after the migration.
    pub table: String,
    /// What the column was called.
    pub from: String,
    /// What it is called now.
    pub to: String,
}

/// Which of the declared renames two schemas have between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Renames {
    /// Those that a migration makes. No two of them have the same end on either side.
    pub applied: Vec<Rename>,
    /// The others.
    pub unused: Vec<UnusedRename>,
}

/// A declared rename with nothing to do: an error where it was asked for, and nothing special where it only stayed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnusedRename {
    /// What was declared.
    pub rename: Rename,
    /// Why there is nothing to do.
    pub why: Unused,
}

/// Why a declared rename has nothing to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unused {
    /// No table of a user type has that name.
    NoTable,
    /// The column has the new name already.
    Done,
    /// No column had the old name.
    NoOldColumn,
    /// No column has the new name.
    NoNewColumn,
    /// An earlier one is from the same column, or to it.
    Taken,
}

impl Rename {
    /// The column `from` of this table is called `to`.
    #[must_use]
    pub fn new(table: &str, from: &str, to: &str) -> Self {
        Self { table: table.to_owned(), from: from.to_owned(), to: to.to_owned() }
    }
}

impl Renames {
    /// A rename applies while the old table has the old name and not the new one, or has the new one and loses it by another
    /// rename: so two columns can swap their names. Once that has happened it has nothing to do. Of two that contradict each
    /// other the earlier applies.
    #[must_use]
    pub fn of(old: &Schema, new: &Schema, declared: &[Rename]) -> Self {
        let mut renames = Self::default();
        for rename in declared {
            match unfit(old, new, rename) {
                Some(why) => renames.refuse(rename, why),
                None if renames.applied.contains(rename) => {}
                None => renames.applied.push(rename.clone()),
            }
        }
        // What has happened already contradicts nothing.
        renames.take_out_done(old, new);
        for rename in std::mem::take(&mut renames.applied) {
            if renames.applied.iter().any(|other| share_an_end(other, &rename)) {
                renames.refuse(&rename, Unused::Taken);
            } else {
                renames.applied.push(rename);
            }
        }
        renames.take_out_done(old, new);
        renames
    }

    /// One that has nothing to do may be what another one waits for, hence one by one.
    fn take_out_done(&mut self, old: &Schema, new: &Schema) {
        while let Some(place) = self.applied.iter().position(|rename| self.is_done(old, new, rename)) {
            let rename = self.applied.remove(place);
            self.refuse(&rename, Unused::Done);
        }
    }

    fn refuse(&mut self, rename: &Rename, why: Unused) {
        self.unused.push(UnusedRename { rename: rename.clone(), why });
    }

    /// Whether the old table has the new name and keeps it.
    fn is_done(&self, old: &Schema, new: &Schema, rename: &Rename) -> bool {
        let frees = |other: &Rename| other.table == rename.table && other.from == rename.to;
        has(before(old, new, &rename.table), &rename.to) && !self.applied.iter().any(frees)
    }
}

/// Why the rename cannot apply, whatever the others do.
fn unfit(old: &Schema, new: &Schema, rename: &Rename) -> Option<Unused> {
    let old_table = before(old, new, &rename.table);
    if new.table(&rename.table).is_none() {
        Some(Unused::NoTable)
    } else if !has(new.table(&rename.table), &rename.to) {
        Some(Unused::NoNewColumn)
    } else if has(old_table, &rename.from) {
        // From a name to itself.
        (rename.from == rename.to).then_some(Unused::Done)
    } else if has(old_table, &rename.to) {
        Some(Unused::Done)
    } else {
        Some(Unused::NoOldColumn)
    }
}

fn share_an_end(a: &Rename, b: &Rename) -> bool {
    a.table == b.table && (a.from == b.from || a.to == b.to)
}

/// The old table in the place of the one that is now called so.
fn before<'a>(old: &'a Schema, new: &Schema, table: &str) -> Option<&'a Table> {
    let place = new.tables.iter().position(|other| other.name == table)?;
    old.tables.get(place)
}

fn has(table: Option<&Table>, column: &str) -> bool {
    table.is_some_and(|table| table.column(column).is_some())
}

/// Columns of a table, which is called so now, as they are called after these renames.
pub(super) fn after(renames: &[Rename], table: &str, columns: &[String]) -> Vec<String> {
    let now = |column: &String| {
        let rename = renames.iter().find(|rename| rename.table == table && rename.from == *column);
        rename.map_or_else(|| column.clone(), |rename| rename.to.clone())
    };
    columns.iter().map(now).collect()
}

/// `auth_user.mail=email`, as the command takes it.
impl fmt::Display for Rename {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}={}", self.table, self.from, self.to)
    }
}

impl fmt::Display for UnusedRename {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Rename { table, from, to } = &self.rename;
        match self.why {
            Unused::NoTable => write!(
                f,
                "no table of the user struct is called `{table}`, so that its column `{from}` is not renamed; name the table \
                 as the struct does now"
            ),
            Unused::Done => write!(
                f,
                "the column `{to}` of `{table}` has that name already, so that there is nothing to rename; leave the rename \
                 from `{from}` out"
            ),
            Unused::NoOldColumn => write!(
                f,
                "`{table}` had no column `{from}` that could be `{to}` now; name a column of the newest snapshot, or leave \
                 the rename out"
            ),
            Unused::NoNewColumn => write!(
                f,
                "`{table}` has no column `{to}` that `{from}` could be renamed to; name a column that the struct has now, or \
                 leave the rename out"
            ),
            Unused::Taken => write!(
                f,
                "the rename of `{from}` to `{to}` in `{table}` contradicts another one, since one column has one name before \
                 and one after; keep one of the two"
            ),
        }
    }
}

impl std::error::Error for UnusedRename {}
