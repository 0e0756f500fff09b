//! The migrations of one user type as a history: each of ours says in its snapshot which one it follows.
//!
//! A folder may hold the histories of several user types, and the app's own migrations anywhere between.

use lucia_schema::{Schema, Snapshot};

use crate::drift::Comparison;
use crate::folder::{Folder, Migration, SNAPSHOT};
use crate::migration::BY_LUCIA;
use crate::problem::InHistory;

/// A migration of ours.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link<'a> {
    pub(crate) migration: &'a Migration,
    pub(crate) snapshot: &'a Snapshot,
}

impl Link<'_> {
    fn is(self, other: Self) -> bool {
        self.migration.version == other.migration.version
    }
}

/// The history of the user type with these tables, or with a user table that was called so; the oldest comes first.
///
/// It is told by the tables that its newest snapshot has in common with the struct, so that one table of another name is a
/// change and not a new beginning.
pub(crate) fn read<'a>(
    folder: &'a Folder,
    schema: &Schema,
    was: Option<&str>,
) -> Result<Vec<Link<'a>>, Vec<InHistory>> {
    let all: Vec<Link<'a>> = folder
        .migrations
        .iter()
        .filter_map(|migration| Some(Link { migration, snapshot: migration.snapshot.as_ref()? }))
        .collect();
    let mut roads = Vec::new();
    let mut problems = Vec::new();
    for head in heads(&all, schema, was) {
        match road_to(head, &all, folder) {
            Ok(road) => roads.push(road),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        if let [one, other, ..] = roads.as_slice() {
            problems.push(fork(folder, one, other));
        }
    }
    let road = roads.into_iter().next().unwrap_or_default();
    if problems.is_empty() {
        problems.extend(road.iter().zip(road.iter().skip(1)).filter_map(|(a, b)| order(folder, *a, *b)));
    }
    if problems.is_empty() { Ok(road) } else { Err(problems) }
}

/// The user tables of the histories in a folder.
pub(crate) fn user_tables(folder: &Folder) -> Vec<String> {
    let snapshots = folder.migrations.iter().filter_map(|migration| migration.snapshot.as_ref());
    let mut names: Vec<String> = Vec::new();
    for table in snapshots.filter_map(|snapshot| snapshot.schema.tables.first()) {
        if !names.contains(&table.name) {
            names.push(table.name.clone());
        }
    }
    names
}

/// What nothing follows, and what belongs to this user type. More than one is a conflict, or has lost what was between.
fn heads<'a>(all: &[Link<'a>], schema: &Schema, was: Option<&str>) -> Vec<Link<'a>> {
    let followed: Vec<&str> = all.iter().filter_map(|link| link.snapshot.parent.as_deref()).collect();
    let heads: Vec<Link<'a>> =
        all.iter().filter(|link| !followed.contains(&link.snapshot.id().as_str())).copied().collect();
    let of = |is_own: &dyn Fn(&Schema) -> bool| -> Vec<Link<'a>> {
        heads.iter().filter(|link| is_own(&link.snapshot.schema)).copied().collect()
    };
    let own = of(&|old| old.tables.iter().any(|table| schema.table(&table.name).is_some()));
    if !own.is_empty() {
        return own;
    }
    of(&|old| old.tables.first().is_some_and(|table| Some(table.name.as_str()) == was))
}

/// The way from the first migration to this one.
fn road_to<'a>(head: Link<'a>, all: &[Link<'a>], folder: &Folder) -> Result<Vec<Link<'a>>, InHistory> {
    let mut road = vec![head];
    let mut last = head;
    while let Some(parent) = &last.snapshot.parent {
        let mut parents = all.iter().filter(|link| link.snapshot.id() == *parent && !link.is(last));
        let Some(found) = parents.next() else {
            let before = all.iter().rev().find(|link| link.migration.version < last.migration.version);
            return Err(InHistory::Missing {
                folder: folder.path.clone(),
                name: last.migration.name.clone(),
                before: before.map(|link| link.migration.name.clone()),
            });
        };
        if let Some(twin) = parents.next() {
            return Err(fork(folder, &[*found], &[*twin]));
        }
        // No text that lucia wrote leads in a circle, and one that was made to must not hang the build.
        if road.len() > all.len() {
            break;
        }
        road.push(*found);
        last = *found;
    }
    road.reverse();
    Ok(road)
}

/// What is said of two ways that part.
fn fork(folder: &Folder, one: &[Link<'_>], other: &[Link<'_>]) -> InHistory {
    let together = one.iter().zip(other).take_while(|(a, b)| a.is(**b)).count();
    let names = |road: &[Link<'_>]| -> Vec<String> {
        road.iter().skip(together).map(|link| link.migration.name.clone()).collect()
    };
    InHistory::Fork { folder: folder.path.clone(), one: names(one), other: names(other) }
}

fn order(folder: &Folder, first: Link<'_>, second: Link<'_>) -> Option<InHistory> {
    (first.migration.version >= second.migration.version).then(|| InHistory::Order {
        folder: folder.path.clone(),
        first: first.migration.name.clone(),
        second: second.migration.name.clone(),
    })
}

/// What is not as it was written: SQL that is another one than when its snapshot was written, and snapshots that are gone.
pub(crate) fn edited(comparison: &Comparison<'_>) -> Vec<InHistory> {
    let folder = comparison.folder;
    let ours = folder.migrations.iter().filter(|migration| migration.up.starts_with(BY_LUCIA));
    let without = ours.filter(|migration| migration.snapshot.is_none());
    let mut found: Vec<InHistory> = without
        .map(|migration| InHistory::Deleted {
            path: format!("{}/{}/{SNAPSHOT}", folder.path, migration.name),
        })
        .collect();
    found.extend(comparison.history.iter().flat_map(|link| edited_sql(folder, *link)));
    found
}

/// The SQL of one migration, if it is another one than when its snapshot was written.
pub(crate) fn edited_sql(folder: &Folder, Link { migration, snapshot }: Link<'_>) -> Vec<InHistory> {
    let mut found = Vec::new();
    let mut check = |file: &str, text: Option<&str>, sum: Option<&str>| {
        let path = || format!("{}/{}/{file}", folder.path, migration.name);
        match (text, sum) {
            (Some(text), Some(sum)) if Snapshot::checksum(text) != sum => {
                found.push(InHistory::Edited { path: path() });
            }
            (None, Some(_)) => found.push(InHistory::Deleted { path: path() }),
            // A way back that was added later harms nobody.
            _ => {}
        }
    };
    check("up.sql", Some(&migration.up), Some(&snapshot.up));
    check("down.sql", migration.down.as_deref(), snapshot.down.as_deref());
    found
}
