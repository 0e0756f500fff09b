//! A table of SQLite that is made anew, filled from the old one, and takes its place.
//!
//! It must not happen while foreign keys are enforced: dropping the old table would delete its rows first, and whatever
//! refers to them with a cascade. The guards here make sure of that, and of everything else that would vanish with it.

use super::super::guard::{self, Guard};
use super::super::pair::{Added, Kept, Pair, Plan};
use super::super::text::{Text, lost};
use super::{DIALECT, filled, is_rebuilt, name, quoted};
use crate::sql::{create_table, default_of, sqlite};
use crate::{Column, Table, sql::text as literal};

/// What must hold before a table is rebuilt.
pub(super) fn guards(plan: &Plan<'_>, text: &mut Text) {
    text.note(
        "Inside a transaction the first line has no effect, and the rows of other tables would be deleted.",
    );
    let problem = "foreign keys are on: run this outside of a transaction".to_owned();
    say(&Guard { problem, rows: "FROM pragma_foreign_keys WHERE foreign_keys <> 0".to_owned() }, text);
    for guard in plan.pairs.iter().filter_map(already) {
        text.note(
            "Diesel enters a migration that is its own transaction afterwards, and may be killed in between.",
        );
        say(&guard, text);
    }
    for pair in plan.pairs.iter().filter(|pair| is_rebuilt(pair)) {
        text.note(&format!("What is not ours would vanish with the old `{}`.", pair.old.name));
        say(&columns(pair.old), text);
        say(&indexes(pair.old), text);
        say(&triggers_and_views(pair.old), text);
    }
    text.say(
        "CREATE TEMP TABLE `__lucia_orphans` AS SELECT count(*) AS `number` FROM pragma_foreign_key_check",
    );
}

/// What must hold in the end.
pub(super) fn last_guard(text: &mut Text) {
    text.note("No row refers to one that is gone, unless it did so before.");
    let problem = "a row would refer to one that is gone".to_owned();
    let rows = "FROM temp.`__lucia_orphans` WHERE `number` < (SELECT count(*) FROM pragma_foreign_key_check)";
    say(&Guard { problem, rows: rows.to_owned() }, text);
    text.say("DROP TABLE temp.`__lucia_orphans`");
}

fn say(guard: &Guard, text: &mut Text) {
    guard::say(guard, DIALECT, text);
}

/// Whether the table is as it will be, so that all of this has happened before. Without it, two columns that exchange their
/// names would do so once more.
fn already(pair: &Pair<'_>) -> Option<Guard> {
    let Pair { old, new, .. } = pair;
    let was = |column: &&Column| old.columns.iter().any(|old| described(old) == described(column));
    let come: Vec<String> = new.columns.iter().filter(|column| !was(column)).map(described).collect();
    let gone: Vec<&str> = pair.dropped.iter().map(|column| column.name.as_str()).collect();
    // A table that got another name is not found under the old one.
    if old.name != new.name || (come.is_empty() && gone.is_empty()) {
        return None;
    }
    let columns = if come.is_empty() {
        format!("name COLLATE NOCASE IN ({})", literals(&gone))
    } else {
        come.join(" OR ")
    };
    Some(Guard {
        problem: format!(
            "{} is already as this leaves it: correct the entry in __diesel_schema_migrations",
            new.name
        ),
        rows: format!(
            "FROM (SELECT count(*) AS `number` FROM pragma_table_xinfo({}) WHERE {columns}) WHERE `number` = {}",
            literal(&new.name, DIALECT),
            come.len(),
        ),
    })
}

/// A column as SQLite describes it.
fn described(column: &Column) -> String {
    let default = default_of(column, false, DIALECT);
    let default = default.map_or_else(|| "NULL".to_owned(), |default| literal(&default, DIALECT));
    format!(
        "(name = {} AND type = {} AND `notnull` = {} AND dflt_value IS {default})",
        literal(&column.name, DIALECT),
        literal(&sqlite::type_name(&column.ty), DIALECT),
        u8::from(!column.nullable),
    )
}

fn columns(table: &Table) -> Guard {
    let known: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    Guard {
        problem: format!("a column of {} is not in its struct: drop it first", table.name),
        rows: format!(
            "FROM pragma_table_xinfo({}) WHERE name COLLATE NOCASE NOT IN ({})",
            literal(&table.name, DIALECT),
            literals(&known)
        ),
    }
}

fn indexes(table: &Table) -> Guard {
    let known: Vec<&str> = table.indexes.iter().map(|index| index.name.as_str()).collect();
    let others = if known.is_empty() {
        String::new()
    } else {
        format!(" AND name COLLATE NOCASE NOT IN ({})", literals(&known))
    };
    Guard {
        problem: format!("an index of {} is not in its struct: drop it first", table.name),
        rows: format!(
            "FROM sqlite_master WHERE type = 'index' AND tbl_name = {} COLLATE NOCASE AND sql IS NOT NULL{others}",
            literal(&table.name, DIALECT),
        ),
    }
}

fn triggers_and_views(table: &Table) -> Guard {
    Guard {
        problem: format!(
            "a trigger or view uses {}: drop it first, and create it again afterwards",
            table.name
        ),
        rows: format!(
            "FROM sqlite_master WHERE type IN ('trigger', 'view') AND (tbl_name = {} COLLATE NOCASE OR lower(sql) || ' ' GLOB {})",
            literal(&table.name, DIALECT),
            literal(&format!("*[^a-z0-9_]{}[^a-z0-9_]*", globbed(&table.name)), DIALECT),
        ),
    }
}

/// A name in a pattern, where it stands for itself.
fn globbed(name: &str) -> String {
    let lower = name.to_lowercase();
    lower.chars().map(|c| if "*?[".contains(c) { format!("[{c}]") } else { c.to_string() }).collect()
}

fn literals(names: &[&str]) -> String {
    names.iter().map(|name| literal(name, DIALECT)).collect::<Vec<_>>().join(", ")
}

/// Makes the table anew. It has its new name already; its old indexes go with it.
pub(super) fn table(pair: &Pair<'_>, text: &mut Text) {
    let passing = format!("__new_{}", pair.new.name);
    let made = Table { name: passing.clone(), indexes: Vec::new(), ..pair.new.clone() };
    for column in &pair.dropped {
        text.note(&lost(&column.name));
    }
    text.notes(pair.added.iter().filter_map(Added::note));
    text.append(&create_table(&made, DIALECT));
    let columns: Vec<(String, String)> = values(pair);
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let values: Vec<&str> = columns.iter().map(|(_, value)| value.as_str()).collect();
    let passing = quoted(&passing);
    text.say(&format!(
        "INSERT INTO {passing} ({})\n    SELECT {}\n    FROM {}",
        names.join(", "),
        values.join(", "),
        source(pair),
    ));
    text.say(&format!("DROP TABLE {}", name(pair.new)));
    text.say(&format!("ALTER TABLE {passing} RENAME TO {}", name(pair.new)));
}

/// Every column and where its values come from. One without any is left out: it takes its default, or fails.
fn values(pair: &Pair<'_>) -> Vec<(String, String)> {
    let kept = |kept: &Kept<'_>| (quoted(&kept.new.name), filled(kept, &quoted(&kept.new.name)));
    let mut columns: Vec<(String, String)> = pair.kept.iter().map(kept).collect();
    for added in &pair.added {
        let default = || default_of(added.column, false, DIALECT);
        if let Some(value) = added.backfill.map(|sql| format!("({sql})")).or_else(default) {
            columns.push((quoted(&added.column.name), value));
        }
    }
    columns
}

/// The old table, its columns under their new names.
fn source(pair: &Pair<'_>) -> String {
    let table = name(pair.new);
    if pair.renamed().is_empty() {
        return table;
    }
    let (_, late) = pair.drops();
    let kept = pair.kept.iter().map(|kept| {
        let (old, new) = (quoted(&kept.old.name), quoted(&kept.new.name));
        if old == new { old } else { format!("{old} AS {new}") }
    });
    let columns: Vec<String> = kept.chain(late.iter().map(|column| quoted(&column.name))).collect();
    format!("(SELECT {} FROM {table}) AS {table}", columns.join(", "))
}
