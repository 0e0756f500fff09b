//! Everything that fails the build script, in words. Each says what to do.

mod decision;
mod folder;
mod history;
mod source;
mod writing;

use std::fmt;

pub(crate) use decision::InDecision;
pub(crate) use folder::InFolder;
pub(crate) use history::InHistory;
pub(crate) use source::InSource;
pub(crate) use writing::InWriting;

use crate::order::VARIABLE;

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Problem {
    /// Called by something else than a build script.
    NoBuildScript,
    /// No database was named.
    NoDatabase,
    /// `LUCIA_MIGRATIONS` has a value of its own.
    UnknownOrder { value: String },
    /// `SOURCE_DATE_EPOCH` is not a number.
    Date { value: String },
    /// Something about the file of the struct.
    Source(InSource),
    /// Something about the folder of migrations.
    Folder(InFolder),
    /// Something about what was decided.
    Decision(InDecision),
    /// Something about the history of the user type.
    History(InHistory),
    /// Something about what is to be written.
    Writing(InWriting),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoBuildScript => f.write_str(
                "`lucia_build` was called by a program that is not a build script; call it in `build.rs`, which cargo runs",
            ),
            Self::NoDatabase => f.write_str(
                "`build.rs` names no database; write `lucia_build::user(\"src/user.rs\").sqlite()`, or another one",
            ),
            Self::UnknownOrder { value } => write!(
                f,
                "`{VARIABLE}` is `{value}`; set it to `write`, which writes the next migration, to `snapshot`, which \
                 takes SQL that was written by hand, or to `check`, which is the same as not setting it"
            ),
            Self::Date { value } => write!(
                f,
                "`SOURCE_DATE_EPOCH` is `{value}`, and not a number of seconds; unset it, or set it to one, for example \
                 `1767225600`"
            ),
            Self::Source(problem) => problem.fmt(f),
            Self::Folder(problem) => problem.fmt(f),
            Self::Decision(problem) => problem.fmt(f),
            Self::History(problem) => problem.fmt(f),
            Self::Writing(problem) => problem.fmt(f),
        }
    }
}

impl From<InSource> for Problem {
    fn from(problem: InSource) -> Self {
        Self::Source(problem)
    }
}

impl From<InFolder> for Problem {
    fn from(problem: InFolder) -> Self {
        Self::Folder(problem)
    }
}

impl From<InDecision> for Problem {
    fn from(problem: InDecision) -> Self {
        Self::Decision(problem)
    }
}

impl From<InHistory> for Problem {
    fn from(problem: InHistory) -> Self {
        Self::History(problem)
    }
}

impl From<InWriting> for Problem {
    fn from(problem: InWriting) -> Self {
        Self::Writing(problem)
    }
}

/// All of them, or all problems.
pub(crate) fn all<T>(results: impl Iterator<Item = Result<T, Vec<Problem>>>) -> Result<Vec<T>, Vec<Problem>> {
    let (mut good, mut problems) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(value) => good.push(value),
            Err(more) => problems.extend(more),
        }
    }
    if problems.is_empty() { Ok(good) } else { Err(problems) }
}

/// An error when there are any.
pub(crate) fn none_of(problems: impl IntoIterator<Item = impl Into<Problem>>) -> Result<(), Vec<Problem>> {
    let problems: Vec<Problem> = problems.into_iter().map(Into::into).collect();
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Names, one after the other.
pub(crate) fn list(names: &[String]) -> String {
    format!("`{}`", names.join("`, `"))
}

/// Names of which one is meant.
pub(crate) fn either(names: &[String]) -> String {
    format!("`{}`", names.join("` or `"))
}
