//! The next migration of a user struct: for every database or, when one of them has a problem, for none.

use std::path::PathBuf;

use lucia_schema::{Diff, Rename, Renames, Schema, UserStruct, sql};

use crate::decisions::{Decisions, Drop};
use crate::drift::{self, Comparison, State};
use crate::folder::Folder;
use crate::migration::{self, Written};
use crate::need::{self, Need};
use crate::package::Package;
use crate::place::Place;
use crate::problem::{self, InDecision, Problem};
use crate::{date, history};

/// A migration and its place.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    /// The folder, as the app calls it.
    pub(crate) folder: PathBuf,
    pub(crate) written: Written,
}

/// Why there is none.
#[derive(Debug)]
pub(crate) enum NotMade {
    /// Something is wrong.
    Problems(Vec<Problem>),
    /// Something is to be decided.
    Undecided(Vec<Need>),
}

impl From<Vec<Problem>> for NotMade {
    fn from(problems: Vec<Problem>) -> Self {
        Self::Problems(problems)
    }
}

/// What to write, nothing when all folders are in step. It reads and writes no file.
pub(crate) fn make(
    user: &UserStruct,
    package: &Package,
    places: &[Place],
    folders: &[Folder],
    decisions: &Decisions,
) -> Result<Vec<Job>, NotMade> {
    let comparisons = drift::compare(user, folders, &renames(user, decisions))?;
    problem::none_of(comparisons.iter().flat_map(history::edited))?;
    problem::none_of(check(user, &comparisons, decisions))?;
    let needs = needs(&comparisons, decisions);
    if !needs.is_empty() {
        return Err(NotMade::Undecided(needs));
    }
    if comparisons.iter().all(|comparison| comparison.state == State::InStep) {
        return Ok(Vec::new());
    }
    let date = next_date(package, folders).map_err(|problem| vec![problem])?;
    let jobs = problem::all(places.iter().zip(&comparisons).map(|(place, comparison)| {
        let written = one(user, comparison, place, &date, decisions)?;
        Ok(written.map(|written| Job { folder: place.path.clone(), written }))
    }))?;
    Ok(jobs.into_iter().flatten().collect())
}

/// All that is to be decided, each once however many databases ask.
pub(crate) fn needs(comparisons: &[Comparison<'_>], decisions: &Decisions) -> Vec<Need> {
    let mut needs: Vec<Need> = Vec::new();
    for comparison in comparisons {
        let State::Behind(diff) = &comparison.state else { continue };
        for need in need::all(&answered(diff, decisions), decisions) {
            if !needs.contains(&need) {
                needs.push(need);
            }
        }
    }
    needs
}

/// Those that the struct declares and those that were decided.
pub(crate) fn renames(user: &UserStruct, decisions: &Decisions) -> Vec<Rename> {
    let mut renames = user.renames.clone();
    renames.extend(decisions.renames.iter().cloned());
    renames
}

fn answered(diff: &Diff, decisions: &Decisions) -> Diff {
    let mut diff = diff.clone();
    for Drop { table, column } in &decisions.drops {
        diff.answer_drop(table, column);
    }
    diff
}

/// One date for all databases, so that their folders read alike, and one that is later than what is in any of them.
fn next_date(package: &Package, folders: &[Folder]) -> Result<String, Problem> {
    let versions = folders.iter().filter_map(|folder| folder.migrations.last());
    let newest = versions.map(|migration| migration.version.as_str()).max();
    Ok(date::date(package.seconds()?, newest)?)
}

/// What no decision changes, and decisions that decide nothing.
fn check(user: &UserStruct, comparisons: &[Comparison<'_>], decisions: &Decisions) -> Vec<Problem> {
    let diffs: Vec<&Diff> = comparisons
        .iter()
        .filter_map(|comparison| match &comparison.state {
            State::Behind(diff) => Some(diff),
            State::InStep | State::Empty => None,
        })
        .collect();
    let mut problems: Vec<InDecision> = Vec::new();
    problems.extend(
        decisions
            .name
            .iter()
            .filter(|name| !is_name(name))
            .map(|name| InDecision::Name { value: name.clone() }),
    );
    problems.extend(decisions.renames.iter().filter_map(|rename| useless_rename(user, &diffs, rename)));
    let has_drop =
        |drop: &&Drop| diffs.iter().any(|diff| Diff::clone(diff).answer_drop(&drop.table, &drop.column));
    problems.extend(
        decisions
            .drops
            .iter()
            .filter(|drop| !has_drop(drop))
            .map(|Drop { table, column }| InDecision::Drop { table: table.clone(), column: column.clone() }),
    );
    let fills = |backfill: &&sql::Backfill| diffs.iter().any(|diff| takes(diff, backfill));
    problems.extend(decisions.backfills.iter().filter(|backfill| !fills(backfill)).map(|backfill| {
        InDecision::Backfill { table: backfill.table.clone(), column: backfill.column.clone() }
    }));
    for change in diffs.iter().flat_map(|diff| &diff.changes).filter(|change| change.is_refused()) {
        let refused =
            InDecision::Refused { what: format!("{change}, which is not written: {}", change.reason()) };
        if !problems.contains(&refused) {
            problems.push(refused);
        }
    }
    problems.into_iter().map(Problem::from).collect()
}

/// Why a rename by a flag does nothing anywhere. One by an attribute stays in the source, and does nothing later on.
fn useless_rename(user: &UserStruct, diffs: &[&Diff], rename: &Rename) -> Option<InDecision> {
    let whys: Vec<String> = diffs
        .iter()
        .map(|diff| diff.unused.iter().find(|unused| unused.rename == *rename).map(ToString::to_string))
        .collect::<Option<_>>()?;
    let nothing = || {
        format!(
            "`--rename {rename}` has nothing to rename, since the tables of the struct `{}` are new, or in step with its migrations; \
             leave it out",
            user.ident
        )
    };
    Some(InDecision::Rename { why: whys.into_iter().next().unwrap_or_else(nothing) })
}

/// Whether a migration of this difference has a use for the value.
fn takes(diff: &Diff, backfill: &sql::Backfill) -> bool {
    diff.changes.iter().any(|change| {
        change.needs_backfill()
            && need::column(change)
                .is_some_and(|(table, column)| table == backfill.table && column == backfill.column)
    })
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

fn one(
    user: &UserStruct,
    comparison: &Comparison<'_>,
    place: &Place,
    date: &str,
    decisions: &Decisions,
) -> Result<Option<Written>, Vec<Problem>> {
    let schema = user.schema();
    let struct_name = user.ident.to_string();
    match (&comparison.state, comparison.newest()) {
        (State::Behind(diff), Some(newest)) => {
            let diff = answered(diff, decisions);
            let old = &newest.snapshot.schema;
            let sql = sql(old, &schema, &diff, place, &renames(user, decisions), decisions)?;
            let next = migration::Next { struct_name: &struct_name, date, diff: &diff, sql, decisions };
            Ok(Some(next.written(schema, newest.snapshot)))
        }
        (State::Empty, _) => {
            Ok(Some(migration::first(&struct_name, &schema, place.database, date, decisions.name.as_deref())))
        }
        (State::InStep | State::Behind(_), _) => Ok(None),
    }
}

fn sql(
    old: &Schema,
    new: &Schema,
    diff: &Diff,
    place: &Place,
    renames: &[Rename],
    decisions: &Decisions,
) -> Result<sql::Migration, Vec<Problem>> {
    let renames = Renames::of(old, new, renames).applied;
    // Of several databases one may be further on than another.
    let backfills: Vec<_> =
        decisions.backfills.iter().filter(|backfill| takes(diff, backfill)).cloned().collect();
    sql::migrate(old, new, &renames, &backfills, place.database).map_err(|refusals| {
        let refused = |refusal: sql::Refusal| InDecision::Refused { what: refusal.to_string() }.into();
        refusals.into_iter().map(refused).collect()
    })
}
