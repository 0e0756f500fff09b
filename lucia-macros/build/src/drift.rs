//! Compares a struct with its folders of migrations.

use lucia_schema::{Diff, Rename, Schema, UserStruct, diff};

use crate::folder::Folder;
use crate::history::{self, Link};
use crate::problem::{self, Problem};

/// A folder beside the struct.
#[derive(Clone, Debug)]
pub(crate) struct Comparison<'a> {
    pub(crate) folder: &'a Folder,
    /// Our migrations in it, the oldest first.
    pub(crate) history: Vec<Link<'a>>,
    pub(crate) state: State,
}

/// How a folder stands to the struct.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum State {
    /// Its newest migration leads to these tables.
    InStep,
    /// It has no migration for them yet.
    Empty,
    /// Its newest migration leads to other tables, which differ so.
    Behind(Diff),
}

impl<'a> Comparison<'a> {
    /// Where the history has led to, if it has begun.
    pub(crate) fn newest(&self) -> Option<Link<'a>> {
        self.history.last().copied()
    }
}

/// Compares with each folder, under these renames.
pub(crate) fn compare<'a>(
    user: &UserStruct,
    folders: &'a [Folder],
    renames: &[Rename],
) -> Result<Vec<Comparison<'a>>, Vec<Problem>> {
    let schema = user.schema();
    problem::all(folders.iter().map(|folder| {
        let history = history::read(folder, &schema, user.renamed_table.as_deref())
            .map_err(|problems| problems.into_iter().map(Problem::from).collect::<Vec<_>>())?;
        let state = state(history.last(), &schema, renames);
        Ok(Comparison { folder, history, state })
    }))
}

fn state(newest: Option<&Link<'_>>, schema: &Schema, renames: &[Rename]) -> State {
    let Some(newest) = newest else { return State::Empty };
    let diff = diff(&newest.snapshot.schema, schema, renames);
    if diff.changes.is_empty() { State::InStep } else { State::Behind(diff) }
}
