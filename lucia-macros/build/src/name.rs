//! What a migration is called, after its date: what it does.

use lucia_schema::{Change, Schema};

/// The name of the migration that creates the tables.
pub(crate) fn first(schema: &Schema) -> String {
    plain(&format!("lucia_create_{}", user_table(schema)))
}

/// The name of a later one: its only change, or that there are several.
pub(crate) fn next(schema: &Schema, changes: &[Change]) -> String {
    let what = match essential(changes).as_slice() {
        [only] => one(only),
        _ => None,
    };
    plain(&format!("lucia_{}", what.unwrap_or_else(|| format!("change_{}", user_table(schema)))))
}

/// The table that an operation is on, as it is called afterwards.
pub(crate) fn table(change: &Change) -> Option<&str> {
    match change {
        Change::CreateTable { table } | Change::DropTable { table } => Some(&table.name),
        Change::RenameTable { to, .. } => Some(to),
        Change::AddColumn { table, .. }
        | Change::DropColumn { table, .. }
        | Change::RenameColumn { table, .. }
        | Change::AlterColumn { table, .. }
        | Change::AddIndex { table, .. }
        | Change::DropIndex { table, .. }
        | Change::RenameIndex { table, .. }
        | Change::AddForeignKey { table, .. }
        | Change::DropForeignKey { table, .. }
        | Change::RenameForeignKey { table, .. }
        | Change::ChangePrimaryKey { table, .. } => Some(table),
        _ => None,
    }
}

/// Without what only goes along with another change: the index of a new column, and new names of indexes.
fn essential(changes: &[Change]) -> Vec<&Change> {
    let goes_along = |change: &Change| match change {
        Change::RenameIndex { .. } | Change::RenameForeignKey { .. } => true,
        Change::AddIndex { table, index, .. } | Change::DropIndex { table, index, .. } => {
            changes.iter().any(|other| match other {
                Change::AddColumn { table: t, column, .. } | Change::DropColumn { table: t, column } => {
                    t == table && index.columns.contains(&column.name)
                }
                _ => false,
            })
        }
        _ => false,
    };
    changes.iter().filter(|change| !goes_along(change)).collect()
}

fn one(change: &Change) -> Option<String> {
    let table = table(change)?;
    Some(match change {
        Change::AddColumn { column, .. } => format!("add_{}_to_{table}", column.name),
        Change::DropColumn { column, .. } => format!("drop_{}_from_{table}", column.name),
        Change::RenameColumn { from, to, .. } => format!("rename_{from}_to_{to}_in_{table}"),
        Change::RenameTable { from, .. } => format!("rename_{from}_to_{table}"),
        Change::AlterColumn { new, .. } => format!("change_{}_of_{table}", new.name),
        Change::AddIndex { index, .. } if index.unique => {
            format!("make_{}_of_{table}_unique", index.columns.join("_"))
        }
        Change::AddIndex { index, .. } => format!("index_{}_of_{table}", index.columns.join("_")),
        _ => return None,
    })
}

fn user_table(schema: &Schema) -> &str {
    schema.tables.first().map_or("user", |table| table.name.as_str())
}

/// What a snapshot says may be anything, and a name must not lead out of the folder.
fn plain(name: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '_' };
    // A file system takes 255 bytes, and the date comes before.
    name.chars().map(safe).take(200).collect()
}
