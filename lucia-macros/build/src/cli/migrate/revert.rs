//! `cargo lucia migrate revert`.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::live::{Live, named};
use super::losses;
use super::report::{indented, need_as_json};
use crate::cli::arguments::{AllowedToRevert, Revert, Which};
use crate::cli::database::{IfMissing, InDatabase, sentence};
use crate::cli::paint::careful;
use crate::cli::{Answer, Ending, Stop};
use crate::folder::{Folder, Migration};
use crate::history::{self, Link};
use crate::need::Need;
use crate::problem;

/// Reverts the newest of what has run, by their versions as Diesel does.
///
/// Whether the history goes on from two migrations is no matter here: reverting one of them is how that is mended.
pub(in crate::cli) fn revert(which: &Which, given: &Revert) -> Result<Answer, Stop> {
    let mut live = Live::open(which, &given.live, IfMissing::Refuse)?;
    let last = last(&live, given.last.get())?;
    let folder = live.folder()?;
    check(folder, &last)?;
    let needs: Vec<Need> = last
        .iter()
        .flat_map(|migration| losses::of(migration, folder, &live.subject.found.structure))
        .collect();
    if !needs.is_empty() && !given.allow.contains(&AllowedToRevert::Destructive) {
        return Ok(undecided(&live, &needs));
    }
    let mut reverted: Vec<String> = Vec::new();
    for migration in &last {
        live.revert(migration).map_err(|(failure, left)| InDatabase::Failed {
            sentence: sentence(&migration.name, &failure, left, &reverted),
        })?;
        reverted.push(migration.name.clone());
    }
    let text = if reverted.is_empty() {
        format!("No migration has run in `{}`.\n", live.url)
    } else {
        named("Reverted", &reverted)
    };
    Ok(Answer { ending: Ending::Good, text, json: live.json("reverted", json!({ "migrations": reverted })) })
}

/// The newest come first.
fn last(live: &Live, number: usize) -> Result<Vec<Migration>, Stop> {
    let folder = live.folder()?;
    let of_folder = |version: &String| {
        let found = folder.migrations.iter().find(|migration| migration.version == *version);
        let not = || InDatabase::NotInFolder { version: version.clone(), folder: folder.path.clone() };
        Ok(found.ok_or_else(not)?.clone())
    };
    live.done.iter().rev().take(number).map(of_folder).collect()
}

/// Each has a way back, which is the one that was written.
fn check(folder: &Folder, migrations: &[Migration]) -> Result<(), Stop> {
    for migration in migrations {
        if let Some(snapshot) = &migration.snapshot {
            problem::none_of(history::edited_sql(folder, Link { migration, snapshot }))?;
        }
        if migration.down.is_none() {
            let path = format!("{}/{}/down.sql", folder.path, migration.name);
            return Err(InDatabase::NoDown { path }.into());
        }
    }
    Ok(())
}

fn undecided(live: &Live, needs: &[Need]) -> Answer {
    let mut text = format!("{}\n", careful("To decide, before anything is reverted:"));
    for need in needs {
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "\n{}", indented(&need.to_string()));
    }
    text.push_str("\nRun `cargo lucia migrate revert` with `--allow destructive`.\n");
    let needs: Vec<Value> = needs.iter().map(need_as_json).collect();
    Answer { ending: Ending::Undecided, text, json: live.json("undecided", json!({ "needs": needs })) }
}
