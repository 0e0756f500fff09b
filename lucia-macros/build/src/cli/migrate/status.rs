//! `cargo lucia migrate status`.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::live::Live;
use super::report::{Report, folder_as_json};
use crate::cli::arguments::{Live as Given, Which};
use crate::cli::database::IfMissing;
use crate::cli::paint::{bad, careful, dim, good, strong};
use crate::cli::{Answer, Ending, Stop};
use crate::decisions::Decisions;
use crate::drift::{Comparison, State};
use crate::folder::{Folder, Migration};
use crate::problem::{self, Problem};
use crate::{history, need};

/// What a database has run, beside its folder and the struct.
pub(in crate::cli) fn status(which: &Which, given: &Given) -> Result<Answer, Stop> {
    let live = Live::open(which, given, IfMissing::Refuse)?;
    let lines = lines(&live, live.folder()?);
    let decisions = Decisions { by_command: true, ..Decisions::default() };
    // A history that is broken is mended by looking at what has run where, so that it is told beside.
    let (comparisons, problems) = match live.subject.compare(&decisions) {
        Ok(comparisons) => {
            let problems = problem::none_of(comparisons.iter().flat_map(history::edited)).err();
            (comparisons, problems.unwrap_or_default())
        }
        Err(problems) => (Vec::new(), problems),
    };
    let report = Report { subject: &live.subject, comparisons: &comparisons, decisions: &decisions };
    let status = Status { live: &live, folder: live.folder()?, lines, report, problems };
    Ok(status.answer())
}

/// A migration, in the folder, in the database or in both.
enum Line<'a> {
    Run(&'a Migration),
    Pending(&'a Migration),
    /// It has run, and is not in the folder.
    Elsewhere(&'a str),
}

impl Line<'_> {
    fn version(&self) -> &str {
        match self {
            Self::Run(migration) | Self::Pending(migration) => &migration.version,
            Self::Elsewhere(version) => version,
        }
    }

    fn to_json(&self) -> Value {
        let (name, state, owner) = match self {
            Self::Run(migration) => (Some(&migration.name), "run", Some(owner(migration))),
            Self::Pending(migration) => (Some(&migration.name), "pending", Some(owner(migration))),
            Self::Elsewhere(_) => (None, "not_in_folder", None),
        };
        json!({ "version": self.version(), "name": name, "state": state, "of": owner })
    }
}

fn owner(migration: &Migration) -> &'static str {
    if migration.snapshot.is_some() { "lucia" } else { "app" }
}

/// All of them, in the order in which they run.
fn lines<'a>(live: &'a Live, folder: &'a Folder) -> Vec<Line<'a>> {
    let of_folder = |migration| {
        if live.has_run(migration) { Line::Run(migration) } else { Line::Pending(migration) }
    };
    let is_here = |version: &String| folder.migrations.iter().any(|migration| migration.version == *version);
    let elsewhere = live.done.iter().filter(|version| !is_here(version));
    let mut lines: Vec<Line<'a>> = folder.migrations.iter().map(of_folder).collect();
    lines.extend(elsewhere.map(|version| Line::Elsewhere(version)));
    lines.sort_by(|a, b| a.version().cmp(b.version()));
    lines
}

struct Status<'a> {
    live: &'a Live,
    folder: &'a Folder,
    lines: Vec<Line<'a>>,
    report: Report<'a>,
    problems: Vec<Problem>,
}

impl Status<'_> {
    fn answer(&self) -> Answer {
        let is_good = self.lines.iter().all(|line| matches!(line, Line::Run(_)))
            && self.problems.is_empty()
            && self.comparison().is_some_and(|comparison| comparison.state == State::InStep);
        let ending = if is_good { Ending::Good } else { Ending::Drift };
        Answer { ending, text: self.text(), json: self.json(if is_good { "up_to_date" } else { "behind" }) }
    }

    fn comparison(&self) -> Option<&Comparison<'_>> {
        self.report.comparisons.first()
    }

    fn text(&self) -> String {
        let mut out =
            format!("The database `{}` and the migrations in `{}`:\n\n", self.live.url, self.folder.path);
        out.extend(self.lines.iter().map(|line| self.line(line)));
        if self.lines.is_empty() {
            out.push_str("  none\n");
        }
        out.push('\n');
        match self.comparison().map(|comparison| &comparison.state) {
            Some(State::InStep) => out.push_str(&self.report.in_step().text),
            Some(_) => out.push_str(&self.report.changes(None)),
            None => {}
        }
        for todo in self.todos() {
            // Writing to a `String` cannot fail.
            let _ = writeln!(out, "{todo}");
        }
        out
    }

    fn line(&self, line: &Line<'_>) -> String {
        let of_lucia = |migration: &Migration| match owner(migration) {
            "lucia" => format!(" {}", dim("(lucia)")),
            _ => String::new(),
        };
        match line {
            Line::Run(migration) => {
                format!("  {}      {}{}\n", good("run"), migration.name, of_lucia(migration))
            }
            Line::Pending(migration) => {
                format!("  {}  {}{}\n", careful("pending"), migration.name, of_lucia(migration))
            }
            Line::Elsewhere(version) => {
                let note = dim(format!("(not in `{}`)", self.folder.path));
                format!("  {}      {version} {note}\n", bad("run"))
            }
        }
    }

    /// What to do, a sentence each.
    fn todos(&self) -> Vec<String> {
        let mut todos: Vec<String> =
            self.problems.iter().map(|it| format!("{}: {it}", bad("wrong"))).collect();
        if self.lines.iter().any(|line| matches!(line, Line::Elsewhere(_))) {
            todos.push(format!(
                "What has run and is not in `{}` is on another branch, or was deleted: get it from there, and revert it if it is \
                 not to stay.",
                self.folder.path
            ));
        }
        if self.comparison().is_some_and(|comparison| comparison.state != State::InStep) {
            todos.push(format!(
                "Run {}, which writes the migration to the struct.",
                strong(format!("`{}`", need::MAKE))
            ));
        }
        if self.lines.iter().any(|line| matches!(line, Line::Pending(_))) {
            todos.push(format!("Run {}, which runs what is pending.", strong("`cargo lucia migrate run`")));
        }
        todos
    }

    fn json(&self, status: &str) -> Value {
        let lines: Vec<Value> = self.lines.iter().map(Line::to_json).collect();
        let problems: Vec<String> = self.problems.iter().map(ToString::to_string).collect();
        let more = json!({
            "folder": self.comparison().map(folder_as_json),
            "migrations": lines,
            "problems": problems,
        });
        self.live.json(status, more)
    }
}
