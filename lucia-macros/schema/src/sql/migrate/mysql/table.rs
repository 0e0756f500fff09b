//! The changes of one table.

use super::super::pair::{Added, Kept, Pair};
use super::super::text::{Text, duplicates, lost};
use super::{DIALECT, name, quoted};
use crate::sql::{self, default_of, folded_column, mysql};
use crate::{Column, Conversion, Index};

/// Alters a table, which has its new name already.
pub(super) fn alter(pair: &Pair<'_>, text: &mut Text) {
    let mut steps =
        Steps { pair, notes: Vec::new(), first: Vec::new(), updates: Vec::new(), last: Vec::new() };
    steps.collect();
    steps.write(text);
}

/// Clauses of one `ALTER TABLE`, or of two with updates in between.
struct Steps<'a> {
    pair: &'a Pair<'a>,
    notes: Vec<String>,
    first: Vec<String>,
    updates: Vec<String>,
    last: Vec<String>,
}

impl Steps<'_> {
    fn collect(&mut self) {
        let pair = self.pair;
        self.drop_indexes();
        let (early, late) = pair.drops();
        self.first.extend(early.iter().map(|column| drop_column(&column.name)));
        self.notes.extend(pair.dropped.iter().map(|column| lost(&column.name)));
        self.rename();
        for added in &pair.added {
            self.add(added);
        }
        for kept in pair.kept.iter().filter(|kept| pair.differs(kept, DIALECT)) {
            self.change(kept);
        }
        self.last.extend(late.iter().map(|column| drop_column(&column.name)));
        self.add_indexes();
    }

    /// An index goes before its columns, or the server would shrink it to those that are left.
    fn drop_indexes(&mut self) {
        let pair = self.pair;
        let replaced =
            pair.indexes.same.iter().filter(|(old, new)| is_refolded(pair, old, new)).map(|(old, _)| *old);
        for index in pair.indexes.gone.iter().copied().chain(replaced) {
            self.first.push(format!("DROP KEY {}", quoted(&index.name)));
            if index.nocase {
                self.first.extend(index.columns.iter().map(|column| drop_column(&folded_column(column))));
            }
        }
    }

    fn add_indexes(&mut self) {
        let pair = self.pair;
        for (old, new) in &pair.indexes.same {
            if is_refolded(pair, old, new) {
                self.add_index(new);
            }
        }
        for index in &pair.indexes.new {
            if index.unique {
                self.notes.push(duplicates(pair.new, index, DIALECT));
            }
            self.add_index(index);
        }
        let renamed = pair
            .indexes
            .same
            .iter()
            .filter(|(old, new)| old.name != new.name && !is_refolded(pair, old, new));
        for (old, new) in renamed {
            self.last.push(format!("RENAME INDEX {} TO {}", quoted(&old.name), quoted(&new.name)));
        }
    }

    fn add_index(&mut self, index: &Index) {
        if index.nocase {
            self.last.push(format!("ADD COLUMN {}", mysql::folded(self.pair.new, index)));
        }
        self.last.push(format!("ADD {}", mysql::index(index)));
    }

    /// In one statement all names are those from before, so that names can be exchanged.
    fn rename(&mut self) {
        let pair = self.pair;
        for kept in pair.kept.iter().filter(|kept| kept.is_renamed() && !is_changed_at_once(pair, kept)) {
            self.first.push(format!(
                "RENAME COLUMN {} TO {}",
                quoted(&kept.old.name),
                quoted(&kept.new.name)
            ));
        }
    }

    fn add(&mut self, added: &Added<'_>) {
        let column = added.column;
        self.notes.extend(added.note());
        let definition = sql::column(self.pair.new, column, DIALECT);
        if added.backfill.is_none() && !added.lacks_value() {
            self.first.push(format!("ADD COLUMN {definition}"));
            return;
        }
        let empty = Column { nullable: true, ..column.clone() };
        self.first.push(format!("ADD COLUMN {}", sql::column(self.pair.new, &empty, DIALECT)));
        if let Some(backfill) = added.backfill {
            self.update(column, &format!("({backfill})"));
        }
        self.last.push(format!("MODIFY COLUMN {definition}"));
    }

    fn update(&mut self, column: &Column, value: &str) {
        let (table, column) = (name(self.pair.new), quoted(&column.name));
        self.updates.push(format!("UPDATE {table} SET {column} = {value} WHERE {column} IS NULL"));
    }

    fn change(&mut self, kept: &Kept<'_>) {
        let new = kept.new;
        let definition = sql::column(self.pair.new, new, DIALECT);
        if kept.conversion != Conversion::Same {
            self.notes.push(format!(
                "The values of `{}` are converted; others do not write to the table meanwhile.",
                new.name
            ));
        }
        if let Some(fill) = &kept.fill {
            let value = fill.sql(new, self.pair.new.is_keyed(&new.name), DIALECT);
            if is_retyped_and_filled(kept) {
                let empty = Column { nullable: true, default: None, ..new.clone() };
                let empty = sql::column(self.pair.new, &empty, DIALECT);
                self.first.push(changed(kept, &empty));
            }
            self.update(new, &value);
            self.last.push(format!("MODIFY COLUMN {definition}"));
        } else if is_changed_at_once(self.pair, kept) && kept.is_renamed() {
            self.last.push(changed(kept, &definition));
        } else if self.has_other_default_only(kept) {
            let default = default_of(new, self.pair.new.is_keyed(&new.name), DIALECT);
            // Dropping the default of a column that may be null would make it one that must be given.
            let clause = match default.or_else(|| new.nullable.then(|| "NULL".to_owned())) {
                Some(default) => format!("SET DEFAULT {default}"),
                None => "DROP DEFAULT".to_owned(),
            };
            self.last.push(format!("ALTER COLUMN {} {clause}", quoted(&new.name)));
        } else {
            self.last.push(format!("MODIFY COLUMN {definition}"));
        }
    }

    fn has_other_default_only(&self, kept: &Kept<'_>) -> bool {
        let plain = |column: &Column, keyed| {
            let column = Column { name: kept.new.name.clone(), default: None, ..column.clone() };
            sql::definition_of(&column, keyed, DIALECT)
        };
        plain(kept.old, self.pair.old.is_keyed(&kept.old.name))
            == plain(kept.new, self.pair.new.is_keyed(&kept.new.name))
    }

    fn write(mut self, text: &mut Text) {
        if !has_steps(self.pair) {
            self.first.append(&mut self.last);
        }
        for note in &self.notes {
            text.note(note);
        }
        let table = name(self.pair.new);
        let steps =
            usize::from(!self.first.is_empty()) + self.updates.len() + usize::from(!self.last.is_empty());
        if steps > 1 {
            text.note(&format!(
                "{steps} steps, of which each does all of its work or none. Should one fail, remove the cause and go on from it by hand."
            ));
        }
        if !self.first.is_empty() {
            text.say(&statement(&table, &self.first));
        }
        for update in &self.updates {
            text.say(update);
        }
        if !self.last.is_empty() {
            text.say(&statement(&table, &self.last));
        }
    }
}

fn statement(table: &str, clauses: &[String]) -> String {
    if let [clause] = clauses {
        return format!("ALTER TABLE {table} {clause}");
    }
    format!("ALTER TABLE {table}\n    {}", clauses.join(",\n    "))
}

fn drop_column(column: &str) -> String {
    format!("DROP COLUMN {}", quoted(column))
}

/// A column under its old name that becomes this one.
fn changed(kept: &Kept<'_>, definition: &str) -> String {
    if kept.is_renamed() {
        format!("CHANGE COLUMN {} {definition}", quoted(&kept.old.name))
    } else {
        format!("MODIFY COLUMN {definition}")
    }
}

/// Whether its value for rows without one is of another type than the column was, so that the type goes first.
fn is_retyped_and_filled(kept: &Kept<'_>) -> bool {
    kept.fill.is_some() && kept.conversion != Conversion::Same
}

/// Whether the columns are there before they may no longer be null.
fn has_steps(pair: &Pair<'_>) -> bool {
    pair.added.iter().any(|added| added.backfill.is_some() || added.lacks_value())
        || pair.kept.iter().any(|kept| kept.fill.is_some())
}

/// Whether the column that holds the text in lower case must be made anew.
fn is_refolded(pair: &Pair<'_>, old: &Index, new: &Index) -> bool {
    new.nocase && mysql::folded(pair.old, old) != mysql::folded(pair.new, new)
}

/// Whether its rename and its change are one clause.
fn is_changed_at_once(pair: &Pair<'_>, kept: &Kept<'_>) -> bool {
    pair.differs(kept, DIALECT) && (!has_steps(pair) || is_retyped_and_filled(kept))
}
