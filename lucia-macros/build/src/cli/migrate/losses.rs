//! What data goes when a migration is reverted.

use lucia_schema::{Change, Danger, Rename, Schema, Snapshot, UserStruct, diff};

use crate::folder::{Folder, Migration};
use crate::migration::BY_LUCIA;
use crate::need::Need;
use crate::problem;

/// All of it, each to be allowed.
pub(super) fn of(migration: &Migration, folder: &Folder, user: &UserStruct) -> Vec<Need> {
    let need = |what: String, reason: String| Need::Destructive {
        change: format!("`{}`: {what}", migration.name),
        reason,
        drop: None,
    };
    let Some(snapshot) = &migration.snapshot else {
        return vec![need(
            "what its `down.sql` removes, the app alone knows".to_owned(),
            "it was not written by lucia; read it".to_owned(),
        )];
    };
    let Some(parent) = &snapshot.parent else {
        let tables: Vec<String> = snapshot.schema.tables.iter().map(|table| table.name.clone()).collect();
        return vec![need(
            format!("the tables {} go", problem::list(&tables)),
            "all users, sessions and keys are gone for good".to_owned(),
        )];
    };
    let snapshots = folder.migrations.iter().filter_map(|other| other.snapshot.as_ref());
    let Some(before) = snapshots.into_iter().find(|other| other.id() == *parent) else {
        return vec![need(
            "what its `down.sql` removes cannot be told".to_owned(),
            "the migration that it follows is gone; read it".to_owned(),
        )];
    };
    let lost = lost(snapshot, before, user, migration.down.as_deref().unwrap_or_default());
    lost.iter().map(|change| need(change.to_string(), reason(change))).collect()
}

/// What is gone, in the words of a migration that goes back.
fn reason(change: &Change) -> String {
    if let Change::DropColumn { .. } = change {
        return "its values are gone for good, and running the migration again does not bring them back"
            .to_owned();
    }
    let effects = change.effects();
    let losses = effects.iter().filter(|effect| effect.danger == Danger::LosesData);
    losses.map(|effect| effect.reason.as_str()).collect::<Vec<_>>().join("; ")
}

/// What it takes to go back from one to the other.
fn lost(after: &Snapshot, before: &Snapshot, user: &UserStruct, down: &str) -> Vec<Change> {
    let renames = reversed(&declared(after, user), after, before);
    let changes = diff(&after.schema, &before.schema, &renames).changes;
    changes.into_iter().filter(|change| change.loses_data() && is_in(change, down)).collect()
}

/// A column whose rename is not in the struct any more looks like one that goes. Our SQL tells which one does.
fn is_in(change: &Change, down: &str) -> bool {
    match change {
        Change::DropColumn { column, .. } if down.starts_with(BY_LUCIA) => {
            down.contains(&format!("The values of `{}` are lost.", column.name))
        }
        _ => true,
    }
}

/// Those that were decided when the migration was made, and those that the struct declares.
fn declared(after: &Snapshot, user: &UserStruct) -> Vec<Rename> {
    let decided = after.decisions.iter().filter_map(|flag| {
        let (place, to) = flag.strip_prefix("--rename ")?.split_once('=')?;
        let (table, from) = place.split_once('.')?;
        Some(Rename::new(table, from, to))
    });
    decided.chain(user.renames.iter().cloned()).collect()
}

/// The same back: a rename names the table as it is called afterwards, which is as it was called before.
fn reversed(renames: &[Rename], after: &Snapshot, before: &Snapshot) -> Vec<Rename> {
    let place = |schema: &Schema, name: &str| schema.tables.iter().position(|table| table.name == name);
    let back = |rename: &Rename| {
        let table = before.schema.tables.get(place(&after.schema, &rename.table)?)?;
        Some(Rename::new(&table.name, &rename.to, &rename.from))
    };
    renames.iter().filter_map(back).collect()
}
