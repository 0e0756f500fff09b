//! Compares a struct with its folders of migrations, and says what differs.

use lucia_schema::{UserStruct, diff};

use crate::folder::Folder;

/// How a folder stands to the struct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Its newest migration leads to these tables.
    InStep,
    /// It has no migration for them yet.
    Empty,
    /// Its newest migration leads to other tables.
    Behind {
        /// The fingerprint of those.
        fingerprint: String,
        /// What has changed since, one line each.
        changes: Vec<String>,
    },
}

/// How the folder stands to the struct.
pub(crate) fn state(folder: &Folder, user: &UserStruct) -> State {
    let Some((_, old)) = folder.newest(user) else { return State::Empty };
    let changes = diff(old, &user.schema(), &user.renames).changes;
    if changes.is_empty() {
        return State::InStep;
    }
    let changes = changes.iter().map(ToString::to_string).collect();
    State::Behind { fingerprint: old.fingerprint(), changes }
}

/// What a person is told, in one line: a variable of the environment has no more.
pub(crate) fn message(struct_name: &str, states: &[(&Folder, State)]) -> Option<String> {
    let mut told: Vec<(&State, Vec<&str>)> = Vec::new();
    for (folder, state) in states.iter().filter(|(_, state)| *state != State::InStep) {
        // Databases that differ in the same way are told about once.
        match told.iter_mut().find(|(other, _)| *other == state) {
            Some((_, folders)) => folders.push(&folder.path),
            None => told.push((state, vec![&folder.path])),
        }
    }
    if told.is_empty() {
        return None;
    }
    let only_first = told.iter().all(|(state, _)| **state == State::Empty);
    let what: Vec<String> =
        told.into_iter().map(|(state, folders)| sentence(struct_name, state, &folders)).collect();
    let end = if only_first { "which writes the first one" } else { "which says how to go on" };
    Some(format!("{}; run `LUCIA_MIGRATIONS=write cargo build`, {end}", what.join("; ")))
}

fn sentence(struct_name: &str, state: &State, folders: &[&str]) -> String {
    let folders = format!("`{}`", folders.join("`, `"));
    match state {
        State::InStep => format!("{folders} is in step with the struct `{struct_name}`"),
        State::Empty => format!("there is no migration for the struct `{struct_name}` in {folders} yet"),
        State::Behind { changes, .. } => {
            format!(
                "the struct `{struct_name}` has changed since its newest migration in {folders}: {}",
                changes.join("; ")
            )
        }
    }
}
