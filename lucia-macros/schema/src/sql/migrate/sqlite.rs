//! Migrations of SQLite.
//!
//! A table is altered in place where SQLite can. Where it cannot, a column is swapped for a new one beside it. Where that is
//! not possible either, the whole table is rebuilt, once for all of its changes.

mod rebuild;

use super::order;
use super::pair::{Kept, Pair, Plan, has_constant_default};
use super::text::{Text, duplicates, lost};
use super::{Migration, Script, guard};
use crate::sql::sqlite::{REBUILD_CLOSES, REBUILD_OPENS};
use crate::sql::{self, create_index, create_table, drop_table, identifier};
use crate::{Column, Conversion, Default, Dialect, Index, Table};

const DIALECT: Dialect = Dialect::Sqlite;

/// Diesel runs both directions of a migration in a transaction of its own, or neither, so that both frame themselves as soon
/// as one has to.
pub(super) fn migration(up: &Plan<'_>, down: &Plan<'_>) -> Migration {
    let rebuilds = |plan: &Plan<'_>| plan.pairs.iter().any(is_rebuilt);
    let framed = rebuilds(up) || rebuilds(down);
    Migration { up: script(up, framed), down: script(down, framed) }
}

fn script(plan: &Plan<'_>, framed: bool) -> Script {
    let mut text = Text::default();
    if framed {
        text.note("This turns foreign keys off while a table is rebuilt, and is a transaction of its own.");
        text.append(REBUILD_OPENS);
        rebuild::guards(plan, &mut text);
    }
    body(plan, &mut text);
    if framed {
        rebuild::last_guard(&mut text);
        text.append(REBUILD_CLOSES);
    }
    Script { sql: text.finish(DIALECT), in_transaction: !framed }
}

fn body(plan: &Plan<'_>, text: &mut Text) {
    guard::of_values(plan, DIALECT, text);
    let altered = || plan.pairs.iter().filter(|pair| !is_rebuilt(pair));
    for pair in altered() {
        for index in old_indexes(pair) {
            text.say(&format!("DROP INDEX {}", quoted(&index.name)));
        }
    }
    for table in plan.dropped.iter().rev() {
        text.append(&drop_table(table, DIALECT));
    }
    for (old, new) in order::renames(plan.table_renames()) {
        text.say(&format!("ALTER TABLE {} RENAME TO {}", quoted(&old), quoted(&new)));
    }
    for pair in &plan.pairs {
        if is_rebuilt(pair) {
            rebuild::table(pair, text);
        } else {
            Columns { pair, text }.write();
        }
    }
    for table in plan.created {
        text.append(&create_table(table, DIALECT));
    }
    for pair in &plan.pairs {
        for index in new_indexes(pair) {
            // What was unique before still is.
            if index.unique && pair.indexes.new.contains(&index) {
                text.note(&duplicates(pair.new, index, DIALECT));
            }
            text.append(&create_index(pair.new, index, DIALECT));
        }
    }
}

fn quoted(name: &str) -> String {
    identifier(name, DIALECT)
}

fn name(table: &Table) -> String {
    quoted(&table.name)
}

/// Whether SQLite can neither alter the table nor have its columns swapped.
fn is_rebuilt(pair: &Pair<'_>) -> bool {
    let added = |column: &Column| column.default == Some(Default::Now);
    let swapped = |kept: &Kept<'_>| pair.differs(kept, DIALECT) && !can_swap(pair, kept);
    !pair.gone_keys.is_empty()
        || !pair.new_keys.is_empty()
        || pair.added.iter().any(|new| added(new.column) || new.backfill.is_some())
        || pair.kept.iter().any(swapped)
}

/// Whether the column can be added anew: with rows in the table that takes a value which is the same for all of them.
fn can_swap(pair: &Pair<'_>, kept: &Kept<'_>) -> bool {
    let column = kept.new;
    let refers = pair.new.foreign_keys.iter().any(|key| key.columns.contains(&column.name));
    let addable = if column.default.is_some() { has_constant_default(column) } else { column.nullable };
    addable && !refers && !pair.new.primary_key.contains(&column.name)
}

fn is_swapped(pair: &Pair<'_>, column: &str) -> bool {
    pair.kept.iter().any(|kept| kept.new.name == column && pair.differs(kept, DIALECT))
}

/// Whether an index stays as it is.
fn stays(pair: &Pair<'_>, old: &Index, new: &Index) -> bool {
    !is_rebuilt(pair) && old.name == new.name && !new.columns.iter().any(|column| is_swapped(pair, column))
}

fn old_indexes<'a>(pair: &'a Pair<'_>) -> impl Iterator<Item = &'a Index> {
    let replaced = pair.indexes.same.iter().filter(|(old, new)| !stays(pair, old, new)).map(|(old, _)| *old);
    pair.indexes.gone.iter().copied().chain(replaced)
}

fn new_indexes<'a>(pair: &'a Pair<'_>) -> Vec<&'a Index> {
    let replaced = pair.indexes.same.iter().filter(|(old, new)| !stays(pair, old, new)).map(|(_, new)| *new);
    let all: Vec<&Index> = pair.indexes.new.iter().copied().chain(replaced).collect();
    // In the order of the table.
    pair.new.indexes.iter().filter(|index| all.contains(index)).collect()
}

/// How the old value becomes the new one.
fn converted(kept: &Kept<'_>, column: &str) -> String {
    match kept.conversion {
        Conversion::IntegerToText { .. } => format!("CAST({column} AS TEXT)"),
        Conversion::TextToInteger => format!("CAST({column} AS INTEGER)"),
        _ => column.to_owned(),
    }
}

/// The same, with a value where there was none.
fn filled(kept: &Kept<'_>, column: &str) -> String {
    let value = converted(kept, column);
    match &kept.fill {
        Some(fill) => format!("coalesce({value}, {})", fill.sql(kept.new, false, DIALECT)),
        None => value,
    }
}

/// The columns of one table that is not rebuilt, and has its new name already.
struct Columns<'a> {
    pair: &'a Pair<'a>,
    text: &'a mut Text,
}

impl Columns<'_> {
    fn write(&mut self) {
        for column in &self.pair.dropped {
            self.text.note(&lost(&column.name));
            self.say(&format!("DROP COLUMN {}", quoted(&column.name)));
        }
        for (old, new) in order::renames(self.pair.renamed()) {
            self.say(&format!("RENAME COLUMN {} TO {}", quoted(&old), quoted(&new)));
        }
        for kept in self.pair.kept.iter().filter(|kept| self.pair.differs(kept, DIALECT)) {
            self.swap(kept);
        }
        for added in &self.pair.added {
            self.text.notes(added.note());
            self.say(&format!("ADD COLUMN {}", sql::column(self.pair.new, added.column, DIALECT)));
        }
    }

    fn say(&mut self, clause: &str) {
        self.text.say(&format!("ALTER TABLE {} {clause}", name(self.pair.new)));
    }

    fn swap(&mut self, kept: &Kept<'_>) {
        let passing = format!("__new_{}", kept.new.name);
        let column = quoted(&kept.new.name);
        let new = Column { name: passing.clone(), ..kept.new.clone() };
        let passing = quoted(&passing);
        self.say(&format!("ADD COLUMN {}", sql::definition_of(&new, false, DIALECT)));
        let value = filled(kept, &column);
        self.text.say(&format!("UPDATE {} SET {passing} = {value}", name(self.pair.new)));
        self.say(&format!("DROP COLUMN {column}"));
        self.say(&format!("RENAME COLUMN {passing} TO {column}"));
    }
}
