//! What is said of a comparison and of what was written, to people and to programs.

use std::fmt::Write as _;

use lucia_schema::{Change, Danger};
use serde_json::{Map, Value, json};

use super::Subject;
use crate::cli::paint::{bad, careful, good, strong};
use crate::cli::{Answer, Ending};
use crate::decisions::Decisions;
use crate::drift::{Comparison, State};
use crate::files;
use crate::folder::SNAPSHOT;
use crate::lock::Locked;
use crate::make::Job;
use crate::need::{self, Need};
use crate::{migration, problem};

/// A comparison to be told.
pub(super) struct Report<'a> {
    pub(super) subject: &'a Subject,
    pub(super) comparisons: &'a [Comparison<'a>],
    pub(super) decisions: &'a Decisions,
}

impl Report<'_> {
    pub(super) fn in_step(&self) -> Answer {
        let text = format!(
            "{} is {} with its migrations in {}.\n",
            self.subject_name(),
            good("in step"),
            self.folders()
        );
        Answer { ending: Ending::Good, text, json: self.json("in_step", json!({})) }
    }

    pub(super) fn behind(&self) -> Answer {
        let is_first = self.comparisons.iter().all(|one| one.state == State::Empty);
        let which = if is_first { "first" } else { "next" };
        let command = strong(format!("`{}`", need::MAKE));
        let text =
            format!("{}\nRun {command}, which writes the {which} one.\n", self.changes(Some(self.decisions)));
        Answer { ending: Ending::Drift, text, json: self.json("behind", json!({ "needs": [] })) }
    }

    /// All is well but for the lock file.
    pub(super) fn unlocked(&self, lock: &Locked) -> Answer {
        let text = format!(
            "{} is in step with its migrations in {}, and `{}` does not say so.\nRun {}, which writes it.\n",
            self.subject_name(),
            self.folders(),
            files::shown(&lock.path),
            strong(format!("`{}`", need::MAKE)),
        );
        let json = self.json("behind", json!({ "needs": [], "lock": files::shown(&lock.path) }));
        Answer { ending: Ending::Drift, text, json }
    }

    pub(super) fn undecided(&self, needs: &[Need]) -> Answer {
        let mut text =
            format!("{}\n{}\n", self.changes(None), careful("To decide, before a migration is written:"));
        for need in needs {
            // Writing to a `String` cannot fail, here and below.
            let _ = writeln!(text, "\n{}", indented(&need.to_string()));
        }
        let _ = writeln!(text, "\nRun {}.", need::command(needs));
        let needs: Vec<Value> = needs.iter().map(need_as_json).collect();
        Answer { ending: Ending::Undecided, text, json: self.json("undecided", json!({ "needs": needs })) }
    }

    pub(super) fn made(&self, jobs: &[Job], lock: Option<&Locked>, dry_run: bool) -> Answer {
        let text = if dry_run {
            texts(jobs, lock)
        } else {
            let changes = self.changes(Some(self.decisions));
            let space = if changes.is_empty() { "" } else { "\n" };
            format!("{changes}{space}{}", names(jobs, lock))
        };
        let status = if dry_run { "planned" } else { "written" };
        let migrations: Vec<Value> = jobs.iter().map(job_as_json).collect();
        let mut made = json!({ "migrations": migrations });
        if let (Some(lock), Some(made)) = (lock, made.as_object_mut()) {
            made.insert("lock".to_owned(), files::shown(&lock.path).into());
        }
        Answer { ending: Ending::Good, text, json: self.json(status, made) }
    }

    fn subject_name(&self) -> String {
        format!("The struct {}", self.subject.name())
    }

    fn folders(&self) -> String {
        let paths: Vec<String> = self.comparisons.iter().map(|one| one.folder.path.clone()).collect();
        problem::list(&paths)
    }

    /// What has changed, once for all folders of which it is true, and what comes of it unless that is said elsewhere.
    pub(super) fn changes(&self, decisions: Option<&Decisions>) -> String {
        let mut told: Vec<(&State, Vec<String>)> = Vec::new();
        for comparison in self.comparisons.iter().filter(|one| one.state != State::InStep) {
            let path = comparison.folder.path.clone();
            match told.iter_mut().find(|(state, _)| **state == comparison.state) {
                Some((_, folders)) => folders.push(path),
                None => told.push((&comparison.state, vec![path])),
            }
        }
        let mut out = String::new();
        for (state, folders) in told {
            let (subject, folders) = (self.subject_name(), problem::list(&folders));
            match state {
                State::InStep => {}
                State::Empty => {
                    let _ = writeln!(out, "{subject} has no migration in {folders} yet.");
                }
                State::Behind(diff) => {
                    let _ = writeln!(out, "{subject} has changed since its newest migration in {folders}:\n");
                    out.extend(diff.changes.iter().map(|change| described(change, decisions)));
                }
            }
        }
        out
    }

    fn json(&self, status: &str, more: Value) -> Value {
        let found = &self.subject.found;
        let folders: Vec<Value> = self.comparisons.iter().map(folder_as_json).collect();
        let mut all = Map::new();
        all.insert("status".to_owned(), status.into());
        all.insert("user".to_owned(), found.structure.ident.to_string().into());
        all.insert("file".to_owned(), found.file().into());
        all.insert("folders".to_owned(), folders.into());
        if let Value::Object(more) = more {
            all.extend(more);
        }
        Value::Object(all)
    }
}

fn described(change: &Change, decisions: Option<&Decisions>) -> String {
    let mark = match change.danger() {
        Danger::Safe | Danger::Locks => good("*"),
        Danger::Refused | Danger::LosesData => bad("*"),
        _ => careful("*"),
    };
    let consequence =
        decisions.map(|decisions| format!("    {}\n", migration::consequence(change, decisions)));
    format!("  {mark} {change}\n{}", consequence.unwrap_or_default())
}

pub(super) fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}

fn names(jobs: &[Job], lock: Option<&Locked>) -> String {
    let mut out = String::new();
    for Job { folder, written } in jobs {
        let path = files::shown(&folder.join(&written.name));
        let done = if written.is_new { "Wrote" } else { "Wrote `lucia.json` into" };
        let _ = writeln!(out, "{} {}", good(done), strong(format!("`{path}`")));
    }
    if let Some(lock) = lock {
        let _ = writeln!(out, "{} {}", good("Wrote"), strong(format!("`{}`", files::shown(&lock.path))));
    }
    let them = if jobs.len() + usize::from(lock.is_some()) == 1 { "it" } else { "them" };
    let _ = writeln!(out, "Look at {them}, and commit {them} with the struct.");
    out
}

/// What would be in the files, but for the snapshot, which is for lucia to read.
fn texts(jobs: &[Job], lock: Option<&Locked>) -> String {
    let mut out = String::new();
    for Job { folder, written } in jobs {
        for (name, text) in &written.files {
            let path = files::shown(&folder.join(&written.name).join(name));
            let text = if *name == SNAPSHOT { "(what the next comparison is with)\n" } else { text.as_str() };
            let _ = writeln!(out, "{}\n{text}", strong(format!("== {path}")));
        }
    }
    if let Some(Locked { path, text }) = lock {
        let _ = writeln!(out, "{}\n{text}", strong(format!("== {}", files::shown(path))));
    }
    let _ = writeln!(out, "Nothing is written, since this is a dry run.");
    out
}

pub(super) fn folder_as_json(comparison: &Comparison<'_>) -> Value {
    let (status, changes) = match &comparison.state {
        State::InStep => ("in_step", Vec::new()),
        State::Empty => ("empty", Vec::new()),
        State::Behind(diff) => ("behind", diff.changes.iter().map(change_as_json).collect()),
    };
    json!({
        "database": comparison.folder.database.name(),
        "path": comparison.folder.path,
        "newest": comparison.newest().map(|newest| newest.migration.name.clone()),
        "status": status,
        "changes": changes,
    })
}

fn change_as_json(change: &Change) -> Value {
    json!({ "what": change.to_string(), "danger": change.danger().name(), "reason": change.reason() })
}

pub(super) fn need_as_json(need: &Need) -> Value {
    json!({
        "what": need.what(),
        "reason": need.reason(),
        "flags": need.flags(),
        "answers": need.answers(),
    })
}

fn job_as_json(Job { folder, written }: &Job) -> Value {
    let files: Map<String, Value> =
        written.files.iter().map(|(name, text)| ((*name).to_owned(), text.as_str().into())).collect();
    json!({ "path": files::shown(&folder.join(&written.name)), "files": files })
}
