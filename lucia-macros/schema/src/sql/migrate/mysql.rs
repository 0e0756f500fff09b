//! Migrations of MySQL and MariaDB.
//!
//! Each statement commits on its own there, and does everything or nothing, so that all changes of a table are one `ALTER
//! TABLE`. Rows that are given a value take three steps: the column that may be null, the value, the column that may not.

mod table;

use super::guard::{self, Guard};
use super::order;
use super::pair::{Kept, Pair, Plan};
use super::text::Text;
use crate::sql::{create_table, drop_table, foreign_key, identifier};
use crate::{Dialect, Table};

const DIALECT: Dialect = Dialect::Mysql;

pub(super) fn script(plan: &Plan<'_>) -> String {
    let mut text = Text::default();
    let strict = plan.pairs.iter().any(writes_values);
    if strict {
        text.note("In another mode the server would store something else where a value does not fit.");
        text.say("SET @lucia_sql_mode = @@SESSION.sql_mode");
        text.say("SET SESSION sql_mode = 'STRICT_ALL_TABLES'");
    }
    guard::of_values(plan, DIALECT, &mut text);
    for pair in &plan.pairs {
        guards(pair, &mut text);
    }
    body(plan, &mut text);
    if strict {
        text.say("SET SESSION sql_mode = @lucia_sql_mode");
    }
    text.finish(DIALECT)
}

fn body(plan: &Plan<'_>, text: &mut Text) {
    foreign_keys_before(plan, text);
    for table in plan.dropped.iter().rev() {
        text.append(&drop_table(table, DIALECT));
    }
    let renames: Vec<String> = order::renames(plan.table_renames())
        .iter()
        .map(|(old, new)| format!("{} TO {}", quoted(old), quoted(new)))
        .collect();
    if !renames.is_empty() {
        text.say(&format!("RENAME TABLE {}", renames.join(", ")));
    }
    for pair in &plan.pairs {
        table::alter(pair, text);
    }
    for table in plan.created {
        text.append(&create_table(table, DIALECT));
    }
    foreign_keys_after(plan, text);
}

fn quoted(name: &str) -> String {
    identifier(name, DIALECT)
}

fn name(table: &Table) -> String {
    quoted(&table.name)
}

/// Whether a value could be converted, invented or cut.
fn writes_values(pair: &Pair<'_>) -> bool {
    !pair.added.is_empty() || pair.kept.iter().any(|kept| pair.differs(kept, DIALECT))
}

/// What must hold where a column takes no null, and nobody says what to put there.
fn guards(pair: &Pair<'_>, text: &mut Text) {
    let table = name(pair.old);
    for added in pair.added.iter().filter(|added| added.lacks_value()) {
        let problem = format!("rows without a value: {}.{}", pair.old.name, added.column.name);
        text.note(&format!(
            "Fails and changes nothing while there are rows, which have no `{}`.",
            added.column.name
        ));
        guard::say(&Guard { problem, rows: format!("FROM {table}") }, DIALECT, text);
    }
    let tightened = |kept: &&Kept<'_>| kept.is_tightened() && kept.fill.is_none();
    for kept in pair.kept.iter().filter(tightened) {
        let column = &kept.old.name;
        let problem = format!("null: {}.{column}", pair.old.name);
        text.note(&format!("Fails and changes nothing while a row has no `{column}`."));
        guard::say(
            &Guard { problem, rows: format!("FROM {table} WHERE {} IS NULL", quoted(column)) },
            DIALECT,
            text,
        );
    }
}

/// Foreign keys that are gone go first. Adding one and dropping another takes two statements.
fn foreign_keys_before(plan: &Plan<'_>, text: &mut Text) {
    for pair in &plan.pairs {
        let renamed =
            pair.same_keys.iter().filter(|(old, new)| old.name != new.name && is_taken(plan, &new.name));
        let old = pair.gone_keys.iter().copied().chain(renamed.map(|(old, _)| *old));
        for key in old {
            text.say(&format!("ALTER TABLE {} DROP FOREIGN KEY {}", name(pair.old), quoted(&key.name)));
        }
    }
}

/// A foreign key cannot be renamed: there are two for a moment, or none where the name was still taken.
fn foreign_keys_after(plan: &Plan<'_>, text: &mut Text) {
    for pair in &plan.pairs {
        let table = name(pair.new);
        let add = |key| format!("ALTER TABLE {table} ADD {}", foreign_key(key, DIALECT));
        for (old, new) in pair.same_keys.iter().filter(|(old, new)| old.name != new.name) {
            text.say(&add(new));
            if !is_taken(plan, &new.name) {
                text.say(&format!("ALTER TABLE {table} DROP FOREIGN KEY {}", quoted(&old.name)));
            }
        }
        for key in &pair.new_keys {
            text.say(&add(key));
        }
    }
}

/// Whether a foreign key of any table has the name: they share one space there.
fn is_taken(plan: &Plan<'_>, key: &str) -> bool {
    let mut old = plan.pairs.iter().flat_map(|pair| &pair.old.foreign_keys);
    old.any(|other| other.name.eq_ignore_ascii_case(key))
}
