//! [`Failure`]: which step did not keep a rule, and how; with the macros by which rules say so.

use std::error::Error as StdError;
use std::fmt;

use crate::Error;

/// What a rule comes to.
pub type Outcome = Result<(), Failure>;

/// A rule that was broken: its text says of which step what was expected.
#[derive(Clone, PartialEq, Eq)]
pub struct Failure(String);

impl Failure {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// A step has returned an error that it does not owe.
    pub(super) fn not_owed(step: &str, error: &Error) -> Self {
        Self(format!("{step}: no error was owed, but there is one: {}", Chain(error)))
    }

    /// A step has not returned the error that it owes.
    pub(super) fn owed(step: &str, predicate: &str, error: Option<&Error>) -> Self {
        match error {
            Some(error) => Self(format!("{step}: owes an error that `{predicate}`, not: {}", Chain(error))),
            None => Self(format!("{step}: owes an error that `{predicate}`, and returned none")),
        }
    }
}

/// An error with its sources.
struct Chain<'a>(&'a Error);

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut source = self.0.source();
        while let Some(error) = source {
            write!(f, ": {error}")?;
            source = error.source();
        }
        Ok(())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text as it is: a test that returns it shows it by `Debug`.
impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl StdError for Failure {}

/// What a step returns, which has to be no error.
macro_rules! call {
    ($on:ident.$step:ident($($arg:expr),* $(,)?)) => {
        match $on.$step($($arg),*).await {
            Ok(value) => value,
            Err(error) => return Err($crate::conformance::Failure::not_owed(stringify!($step), &error)),
        }
    };
}

/// A step has to return the error that a predicate of `Error` is about.
macro_rules! refuse {
    ($on:ident.$step:ident($($arg:expr),* $(,)?), $predicate:ident) => {
        match $on.$step($($arg),*).await {
            Err(error) if error.$predicate() => {}
            other => {
                return Err($crate::conformance::Failure::owed(
                    stringify!($step),
                    stringify!($predicate),
                    other.err().as_ref(),
                ));
            }
        }
    };
}

/// What has to be so, or else the text, which begins with the step's name.
macro_rules! ensure {
    ($so:expr, $($text:tt)+) => {
        if !$so {
            return Err($crate::conformance::Failure::new(format!($($text)+)));
        }
    };
}

pub(super) use {call, ensure, refuse};
