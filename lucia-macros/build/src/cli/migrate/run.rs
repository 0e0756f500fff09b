//! `cargo lucia migrate run`.

use serde_json::json;

use super::live::{Live, named};
use crate::cli::arguments::{Live as Given, Which};
use crate::cli::database::{IfMissing, InDatabase, sentence};
use crate::cli::{Answer, Ending, Stop};
use crate::decisions::Decisions;
use crate::folder::Migration;
use crate::{history, problem};

/// Runs what has not run yet.
pub(in crate::cli) fn run(which: &Which, given: &Given) -> Result<Answer, Stop> {
    let mut live = Live::open(which, given, IfMissing::Create)?;
    let comparisons = live.subject.compare(&Decisions::default())?;
    problem::none_of(comparisons.iter().flat_map(history::edited))?;
    let pending: Vec<Migration> =
        live.folder()?.migrations.iter().filter(|migration| !live.has_run(migration)).cloned().collect();
    let mut ran: Vec<String> = Vec::new();
    for migration in &pending {
        live.run(migration).map_err(|(failure, left)| {
            let sentence = sentence(&migration.name, &failure, left, &ran);
            InDatabase::Failed { sentence: format!("{sentence}{}", hint(migration)) }
        })?;
        ran.push(migration.name.clone());
    }
    let text = if ran.is_empty() {
        format!("All migrations in `{}` have run already.\n", live.folder()?.path)
    } else {
        named("Ran", &ran)
    };
    Ok(Answer { ending: Ending::Good, text, json: live.json("ran", json!({ "migrations": ran })) })
}

/// Only a database that had the tables before has a reason to refuse to make them.
fn hint(migration: &Migration) -> &'static str {
    match &migration.snapshot {
        Some(snapshot) if snapshot.parent.is_none() => {
            ". If its tables were there before, `cargo lucia migrate baseline` compares them and marks it as run"
        }
        _ => "",
    }
}
