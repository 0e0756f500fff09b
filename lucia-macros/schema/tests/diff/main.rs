//! What differs between two structs, how dangerous it is, and what only a person can answer.
#![cfg(feature = "syn")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests count as production code"
)]

mod conversions;
mod dangers;
mod properties;
mod questions;
mod renames;
mod words;

use lucia_schema::{Change, Danger, Diff, Rename, Schema, UserStruct};

/// A user struct, which has no mistake.
fn user(source: &str) -> UserStruct {
    let reading = lucia_schema::read(&syn::parse_str(source).unwrap());
    assert!(reading.errors.is_none(), "{source}: {}", reading.errors.unwrap());
    reading.user
}

fn with(fields: &str) -> UserStruct {
    user(&format!("pub struct User {{ pub id: UserId, {fields} }}"))
}

fn schema(fields: &str) -> Schema {
    with(fields).schema()
}

/// From one struct's fields to another's, with the renames that the other declares.
fn diff(old: &str, new: &str) -> Diff {
    let new = with(new);
    lucia_schema::diff(&schema(old), &new.schema(), &new.renames)
}

/// The same with renames of the command, `from=to` with commas between them, and nothing else declared.
fn diff_by(old: &str, new: &str, renames: &str) -> Diff {
    lucia_schema::diff(&schema(old), &schema(new), &parsed(renames))
}

fn parsed(renames: &str) -> Vec<Rename> {
    let pairs = renames.split(',').filter_map(|rename| rename.split_once('='));
    pairs.map(|(from, to)| Rename::new("auth_user", from, to)).collect()
}

fn told(diff: &Diff) -> Vec<String> {
    diff.changes.iter().map(ToString::to_string).collect()
}

/// The only change.
#[track_caller]
fn only(old: &str, new: &str) -> Change {
    let mut diff = diff(old, new);
    assert_eq!(diff.changes.len(), 1, "{:?}", told(&diff));
    diff.changes.remove(0)
}

/// The dangers of all changes, with the gravest of each.
fn dangers(old: &str, new: &str) -> Vec<Danger> {
    diff(old, new).changes.iter().map(Change::danger).collect()
}
