//! What a person is told by a build that fails, in one line: a variable of the environment has no more.

use lucia_schema::{Change, Danger, Diff, Schema, UserStruct, VERSION};

use crate::decisions::Decisions;
use crate::drift::{Comparison, State};
use crate::order::VARIABLE;
use crate::{history, make, migration, need, problem};

/// What has changed and what to run; nothing while all folders are in step.
pub(crate) fn drift(user: &UserStruct, comparisons: &[Comparison<'_>]) -> Option<String> {
    let behind: Vec<&Comparison<'_>> =
        comparisons.iter().filter(|comparison| comparison.state != State::InStep).collect();
    if behind.is_empty() {
        return None;
    }
    let needs = make::needs(comparisons, &Decisions::default());
    let is_first = behind.iter().all(|comparison| comparison.state == State::Empty);
    let run = if !needs.is_empty() {
        format!("run {}", need::command(&needs))
    } else if is_first {
        format!("run `{VARIABLE}=write cargo build`, which writes the first one")
    } else {
        format!("run `{VARIABLE}=write cargo build`, which writes the next one")
    };
    Some(format!("{}; {run}{}", sentences(user, &behind).join("; "), hint(&behind)))
}

/// What is so of each folder; folders of which the same is so are named together.
fn sentences(user: &UserStruct, behind: &[&Comparison<'_>]) -> Vec<String> {
    let mut told: Vec<(&State, Vec<String>)> = Vec::new();
    for comparison in behind {
        let path = comparison.folder.path.clone();
        match told.iter_mut().find(|(state, _)| **state == comparison.state) {
            Some((_, folders)) => folders.push(path),
            None => told.push((&comparison.state, vec![path])),
        }
    }
    told.into_iter().map(|(state, folders)| sentence(user, state, &folders)).collect()
}

fn sentence(user: &UserStruct, state: &State, folders: &[String]) -> String {
    let (name, folders) = (&user.ident, problem::list(folders));
    match state {
        State::InStep => format!("{folders} is in step with the struct `{name}`"),
        State::Empty => format!("there is no migration for the struct `{name}` in {folders} yet"),
        State::Behind(diff) => format!(
            "the struct `{name}` has changed since its newest migration in {folders}: {}",
            changes(diff, &user.schema()).join("; ")
        ),
    }
}

/// Each change, with a word about what makes it need a decision, or about where it comes from.
pub(crate) fn changes(diff: &Diff, schema: &Schema) -> Vec<String> {
    diff.changes.iter().map(|change| described(change, schema)).collect()
}

fn described(change: &Change, schema: &Schema) -> String {
    let danger = match change.danger() {
        Danger::Safe | Danger::Locks => None,
        danger => Some(danger.to_string()),
    };
    let origin = (!migration::is_of_struct(change, schema)).then(|| format!("comes with lucia {VERSION}"));
    let remarks: Vec<String> = danger.into_iter().chain(origin).collect();
    if remarks.is_empty() { change.to_string() } else { format!("{change} ({})", remarks.join(", ")) }
}

/// A struct whose tables have all got other names looks like one that is new.
fn hint(behind: &[&Comparison<'_>]) -> String {
    let mut tables: Vec<String> = Vec::new();
    for comparison in behind.iter().filter(|comparison| comparison.state == State::Empty) {
        let others = history::user_tables(comparison.folder);
        tables.extend(others.into_iter().filter(|table| !tables.contains(table)).collect::<Vec<_>>());
    }
    match tables.first() {
        Some(table) => format!(
            "; if its user table was called {} before, write `#[lucia(renamed_from = {table:?})]` above the struct first",
            problem::either(&tables)
        ),
        None => String::new(),
    }
}
