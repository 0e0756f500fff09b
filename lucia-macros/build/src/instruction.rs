//! What a build script says to cargo.

use std::fmt;
use std::path::PathBuf;

/// One instruction; one that has several lines of text is written as several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Instruction {
    /// Run again when this file, or anything in this folder, changes; a path that is not there changes with every build.
    RerunIfChanged(PathBuf),
    /// Run again when this variable changes.
    RerunIfEnvChanged(&'static str),
    /// A variable that the crate sees while it compiles.
    Env { name: String, value: String },
    /// Something that a person should know, and that does not fail the build.
    Warning(String),
    /// What fails the build.
    Error(String),
}

impl fmt::Display for Instruction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RerunIfChanged(path) => write!(f, "cargo::rerun-if-changed={}", path.display()),
            Self::RerunIfEnvChanged(name) => write!(f, "cargo::rerun-if-env-changed={name}"),
            Self::Env { name, value } => write!(f, "cargo::rustc-env={name}={}", value.replace('\n', " ")),
            Self::Warning(text) => lines(f, "warning", text),
            Self::Error(text) => lines(f, "error", text),
        }
    }
}

/// Cargo takes a line for the whole of a message.
fn lines(f: &mut fmt::Formatter<'_>, kind: &str, text: &str) -> fmt::Result {
    for (i, line) in text.lines().enumerate() {
        let end_of_last = if i == 0 { "" } else { "\n" };
        write!(f, "{end_of_last}cargo::{kind}={line}")?;
    }
    Ok(())
}
