//! What only a person can decide before a migration is written.

use std::fmt;

use lucia_schema::{Change, Danger, Diff, Question};

use crate::decisions::Decisions;
use crate::problem;

/// The command that takes the answers.
pub(crate) const MAKE: &str = "cargo lucia migrate make";

/// Something to decide.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Need {
    /// Whether a column that goes is one of those that come, one question for each of these.
    Renamed(Vec<Question>),
    /// What rows that are there get.
    Backfill { table: String, column: String, change: String },
    /// Whether data may go.
    Destructive { change: String, reason: String, drop: Option<String> },
    /// Whether values may be equal.
    Duplicates { change: String, reason: String },
    /// Whether programs that still run may fail.
    RunningCode { change: String, reason: String },
}

/// What is to be decided in this difference, and has not been.
pub(crate) fn all(diff: &Diff, decisions: &Decisions) -> Vec<Need> {
    let mut questions: Vec<Vec<Question>> = Vec::new();
    for question in &diff.questions {
        let same = |other: &&mut Vec<Question>| other.first().is_some_and(|first| is_same(first, question));
        match questions.iter_mut().find(same) {
            Some(others) => others.push(question.clone()),
            None => questions.push(vec![question.clone()]),
        }
    }
    let questions = questions.into_iter().map(Need::Renamed);
    let asked = |change: &&Change| {
        // The answer to the question is one to this too.
        !diff.questions.iter().any(|question| is_about(question, change))
    };
    questions.chain(diff.changes.iter().filter(asked).flat_map(|change| of(change, decisions))).collect()
}

/// Whether both are about one column that goes.
fn is_same(one: &Question, other: &Question) -> bool {
    one.table == other.table && one.dropped.name == other.dropped.name
}

fn is_about(question: &Question, change: &Change) -> bool {
    match change {
        Change::DropColumn { table, column } => {
            question.table == *table && question.dropped.name == column.name
        }
        Change::AddColumn { table, column, .. } => {
            question.table == *table && question.added.name == column.name
        }
        _ => false,
    }
}

fn of(change: &Change, decisions: &Decisions) -> Vec<Need> {
    let (what, reason) = (change.to_string(), change.reason());
    let mut needs = Vec::new();
    if change.is_refused() {
        return needs;
    }
    if let Some((table, column)) = column(change).filter(|_| change.needs_backfill()) {
        if decisions.value(&table, &column).is_none() {
            needs.push(Need::Backfill { table, column, change: what.clone() });
        }
    }
    if change.loses_data() && !decisions.destructive {
        let dropped = match change {
            Change::DropColumn { table, column } => Some((table, &column.name)),
            _ => None,
        };
        if !dropped.is_some_and(|(table, column)| decisions.drops(table, column)) {
            let drop = dropped.map(|(table, column)| format!("{table}.{column}"));
            needs.push(Need::Destructive { change: what.clone(), reason: reason.clone(), drop });
        }
    }
    if change.drops_uniqueness() && !decisions.duplicates {
        needs.push(Need::Duplicates { change: what.clone(), reason: reason.clone() });
    }
    // Whoever is asked for something else runs the command, which is the answer to this.
    if needs.is_empty() && !decisions.by_command && breaks_running_code(change) {
        needs.push(Need::RunningCode { change: what, reason });
    }
    needs
}

fn breaks_running_code(change: &Change) -> bool {
    change.effects().iter().any(|effect| effect.danger == Danger::BreaksRunningCode)
}

/// The column that an operation is about.
pub(crate) fn column(change: &Change) -> Option<(String, String)> {
    match change {
        Change::AddColumn { table, column, .. } | Change::AlterColumn { table, new: column, .. } => {
            Some((table.clone(), column.name.clone()))
        }
        _ => None,
    }
}

impl Need {
    /// What it is about.
    pub(crate) fn what(&self) -> String {
        match self {
            Self::Renamed(questions) => what(questions),
            Self::Backfill { change, .. }
            | Self::Destructive { change, .. }
            | Self::Duplicates { change, .. }
            | Self::RunningCode { change, .. } => change.clone(),
        }
    }

    /// What comes of it; nothing for a question.
    pub(crate) fn reason(&self) -> Option<&str> {
        match self {
            Self::Renamed(_) => None,
            Self::Backfill { .. } => Some("the rows that are there need a value for it"),
            Self::Destructive { reason, .. }
            | Self::Duplicates { reason, .. }
            | Self::RunningCode { reason, .. } => Some(reason),
        }
    }

    /// Each answer with what to write or to run for it.
    pub(crate) fn answers(&self) -> Vec<String> {
        match self {
            Self::Renamed(questions) => answers(questions),
            Self::Backfill { .. } => vec![
                format!("one for these rows only, as SQL: pass `{}`", self.flags().join(" ")),
                "one that lasts: write `#[lucia(default = ..)]` above the field".to_owned(),
                "none: make the field an `Option`".to_owned(),
            ],
            Self::Destructive { .. } | Self::Duplicates { .. } => {
                vec![format!("that is meant: pass `{}`", self.flags().join(" "))]
            }
            Self::RunningCode { .. } => vec![format!("that is meant: run `{MAKE}`, which takes it for said")],
        }
    }

    /// The flags of which one is an answer; none where running the command is.
    pub(crate) fn flags(&self) -> Vec<String> {
        match self {
            Self::Renamed(questions) => {
                let rename = |Question { table, dropped, added, .. }: &Question| {
                    format!("--rename {table}.{}={}", dropped.name, added.name)
                };
                let drop =
                    |Question { table, dropped, .. }: &Question| format!("--drop {table}.{}", dropped.name);
                questions.iter().map(rename).chain(questions.first().map(drop)).collect()
            }
            Self::Backfill { table, column, .. } => vec![format!("--backfill {table}.{column}=SQL")],
            Self::Destructive { drop: Some(drop), .. } => vec![format!("--drop {drop}")],
            Self::Destructive { drop: None, .. } => vec!["--allow destructive".to_owned()],
            Self::Duplicates { .. } => vec!["--allow duplicates".to_owned()],
            Self::RunningCode { .. } => Vec::new(),
        }
    }
}

/// What, why, and a line for each answer.
impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what())?;
        if let Some(reason) = self.reason() {
            write!(f, "\n  {reason}")?;
        }
        self.answers().iter().try_for_each(|answer| write!(f, "\n  - {answer}"))
    }
}

/// The command with all that there is to decide, in one line.
pub(crate) fn command(needs: &[Need]) -> String {
    let mut choices: Vec<String> = Vec::new();
    for flags in needs.iter().map(Need::flags).filter(|flags| !flags.is_empty()) {
        let choice = problem::either(&flags);
        if !choices.contains(&choice) {
            choices.push(choice);
        }
    }
    if choices.is_empty() {
        format!("`{MAKE}`")
    } else {
        format!("`{MAKE}` with {}", choices.join(", and with "))
    }
}

/// The question in a line.
fn what(questions: &[Question]) -> String {
    let text = |question: &Question| question.to_string().lines().next().unwrap_or_default().to_owned();
    match questions {
        [first, _, ..] => {
            let names: Vec<String> = questions.iter().map(|question| question.added.name.clone()).collect();
            format!(
                "column `{}` goes from `{}` and these columns come: {}: is it one of them?",
                first.dropped.name,
                first.table,
                problem::list(&names)
            )
        }
        [only] => text(only),
        [] => String::new(),
    }
}

/// The answers in a line each; the last of every question is no.
fn answers(questions: &[Question]) -> Vec<String> {
    let lines = |question: &Question| -> Vec<String> {
        question.to_string().lines().skip(1).map(|line| line.trim().to_owned()).collect()
    };
    match questions {
        [_, .., last] => {
            let yes = questions.iter().filter_map(|question| lines(question).into_iter().next());
            yes.chain(lines(last).pop()).collect()
        }
        _ => questions.iter().flat_map(lines).collect(),
    }
}
