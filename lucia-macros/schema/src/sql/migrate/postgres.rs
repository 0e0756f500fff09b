//! Migrations of PostgreSQL.
//!
//! One transaction does everything or nothing. A statement that changes a table keeps others out of it until the end of
//! that transaction, so that what takes long is written in a form that can also be run step by step.

use super::guard;
use super::order;
use super::pair::{Added, Kept, Pair, Plan};
use super::text::{Text, duplicates, lost};
use crate::sql::{
    self, create_index, create_table, default_of, drop_table, foreign_key, identifier, postgres,
};
use crate::{Column, Conversion, Dialect, ForeignKey, Index, Table};

const DIALECT: Dialect = Dialect::Postgres;

pub(super) fn script(plan: &Plan<'_>) -> String {
    let mut text = Text::default();
    guard::of_values(plan, DIALECT, &mut text);
    for pair in &plan.pairs {
        for key in &pair.gone_keys {
            text.say(&format!("ALTER TABLE {} DROP CONSTRAINT {}", name(pair.old), quoted(&key.name)));
        }
        for index in &pair.indexes.gone {
            text.say(&format!("DROP INDEX {}", quoted(&index.name)));
        }
    }
    for table in plan.dropped.iter().rev() {
        text.append(&drop_table(table, DIALECT));
    }
    relations(plan, &mut text);
    for pair in &plan.pairs {
        Columns { pair, text: &mut text }.write();
    }
    for table in plan.created {
        text.append(&create_table(table, DIALECT));
    }
    for pair in &plan.pairs {
        for index in &pair.indexes.new {
            new_index(pair.new, index, &mut text);
        }
        for key in &pair.new_keys {
            new_key(pair.new, key, &mut text);
        }
    }
    text.finish(DIALECT)
}

fn quoted(name: &str) -> String {
    identifier(name, DIALECT)
}

fn name(table: &Table) -> String {
    quoted(&table.name)
}

/// Tables and indexes have their names in one space, so that all are renamed in one order. What is renamed last is the
/// foreign keys, which each table has for itself.
fn relations(plan: &Plan<'_>, text: &mut Text) {
    let mut pending = plan.table_renames();
    let tables: Vec<String> = pending.iter().map(|(old, _)| old.clone()).collect();
    for pair in &plan.pairs {
        pending.push((postgres::primary_key(pair.old), postgres::primary_key(pair.new)));
        pending.extend(pair.indexes.same.iter().map(|(old, new)| (old.name.clone(), new.name.clone())));
    }
    pending.retain(|(old, new)| old != new);
    let mut in_passing: Vec<String> = Vec::new();
    for (old, new) in order::renames(pending) {
        let is_table = tables.contains(&old) || in_passing.contains(&old);
        if is_table && new.starts_with("__tmp_") {
            in_passing.push(new.clone());
        }
        let kind = if is_table { "TABLE" } else { "INDEX" };
        text.say(&format!("ALTER {kind} {} RENAME TO {}", quoted(&old), quoted(&new)));
    }
    for pair in &plan.pairs {
        for (old, new) in pair.same_keys.iter().filter(|(old, new)| old.name != new.name) {
            let (table, old, new) = (name(pair.new), quoted(&old.name), quoted(&new.name));
            text.say(&format!("ALTER TABLE {table} RENAME CONSTRAINT {old} TO {new}"));
        }
    }
}

fn new_index(table: &Table, index: &Index, text: &mut Text) {
    if index.unique {
        text.note(&duplicates(table, index, DIALECT));
    }
    text.note("Others do not write to the table while the index is made.");
    text.append(&create_index(table, index, DIALECT));
}

/// In two steps: the second one reads the whole table, and does not keep others from writing to it.
fn new_key(table: &Table, key: &ForeignKey, text: &mut Text) {
    text.say(&format!("ALTER TABLE {} ADD {} NOT VALID", name(table), foreign_key(key, DIALECT)));
    text.say(&format!("ALTER TABLE {} VALIDATE CONSTRAINT {}", name(table), quoted(&key.name)));
}

/// The columns of one table, which has its new name already.
struct Columns<'a> {
    pair: &'a Pair<'a>,
    text: &'a mut Text,
}

impl Columns<'_> {
    fn write(&mut self) {
        let (early, late) = self.pair.drops();
        self.drop(&early);
        for (old, new) in order::renames(self.pair.renamed()) {
            self.say(&format!("RENAME COLUMN {} TO {}", quoted(&old), quoted(&new)));
        }
        for added in &self.pair.added {
            self.add(added);
        }
        for kept in self.pair.kept.iter().filter(|kept| self.pair.differs(kept, DIALECT)) {
            self.change(kept);
        }
        self.drop(&late);
    }

    fn say(&mut self, clause: &str) {
        self.text.say(&format!("ALTER TABLE {} {clause}", name(self.pair.new)));
    }

    fn drop(&mut self, columns: &[&Column]) {
        for column in columns {
            self.text.note(&lost(&column.name));
            self.say(&format!("DROP COLUMN {}", quoted(&column.name)));
        }
    }

    fn add(&mut self, added: &Added<'_>) {
        let column = added.column;
        self.text.notes(added.note());
        let Some(backfill) = added.backfill else {
            return self.say(&format!("ADD COLUMN {}", sql::column(self.pair.new, column, DIALECT)));
        };
        let empty = Column { nullable: true, ..column.clone() };
        self.say(&format!("ADD COLUMN {}", sql::column(self.pair.new, &empty, DIALECT)));
        self.fill(column, &format!("({backfill})"));
        self.say(&format!("ALTER COLUMN {} SET NOT NULL", quoted(&column.name)));
    }

    fn fill(&mut self, column: &Column, value: &str) {
        let (table, column) = (name(self.pair.new), quoted(&column.name));
        self.text.say(&format!("UPDATE {table} SET {column} = {value} WHERE {column} IS NULL"));
    }

    fn change(&mut self, kept: &Kept<'_>) {
        let (old, new) = (kept.old, kept.new);
        let column = quoted(&new.name);
        let keyed = self.pair.new.is_keyed(&new.name);
        let old_type = postgres::type_name(&old.ty, self.pair.old.is_keyed(&old.name));
        let new_type = postgres::type_name(&new.ty, keyed);
        let old_default = default_of(old, false, DIALECT);
        let new_default = default_of(new, keyed, DIALECT);
        let retyped = old_type != new_type;
        // A default of the old type may have no meaning in the new one.
        if old_default.is_some() && (retyped || new_default.is_none()) {
            self.say(&format!("ALTER COLUMN {column} DROP DEFAULT"));
        }
        if retyped {
            self.text.note("Others neither read nor write the table while its rows are converted.");
            let using = converted(kept, &column).map(|sql| format!(" USING {sql}")).unwrap_or_default();
            self.say(&format!("ALTER COLUMN {column} TYPE {new_type}{using}"));
        }
        if let Some(default) = new_default.filter(|new| retyped || old_default.as_ref() != Some(new)) {
            self.say(&format!("ALTER COLUMN {column} SET DEFAULT {default}"));
        }
        if kept.is_tightened() {
            self.tighten(kept, keyed);
        } else if new.nullable && !old.nullable {
            self.say(&format!("ALTER COLUMN {column} DROP NOT NULL"));
        }
    }

    /// With a check first: run step by step on a large table, the one statement that reads all rows, VALIDATE, lets others
    /// write meanwhile.
    fn tighten(&mut self, kept: &Kept<'_>, keyed: bool) {
        let column = quoted(&kept.new.name);
        let check = quoted("__lucia_not_null");
        match &kept.fill {
            Some(fill) => self.fill(kept.new, &fill.sql(kept.new, keyed, DIALECT)),
            None => self.text.note("Fails while a row has none."),
        }
        self.text.note("One after another, each in a transaction of its own, these keep others from a large table only briefly.");
        self.say(&format!("ADD CONSTRAINT {check} CHECK ({column} IS NOT NULL) NOT VALID"));
        self.say(&format!("VALIDATE CONSTRAINT {check}"));
        self.say(&format!("ALTER COLUMN {column} SET NOT NULL"));
        self.say(&format!("DROP CONSTRAINT {check}"));
    }
}

/// How the old value becomes the new one, where the server does not do it by itself. A cast to a shorter text would cut it;
/// what is assigned is checked instead.
fn converted(kept: &Kept<'_>, column: &str) -> Option<String> {
    match kept.conversion {
        Conversion::IntegerToText { .. } => Some(format!("{column}::text")),
        Conversion::TextToInteger => Some(format!("{column}::bigint")),
        Conversion::BoolToInteger => Some(format!("{column}::integer")),
        Conversion::IntegerToBool => Some(format!("{column} = 1")),
        _ => None,
    }
}
