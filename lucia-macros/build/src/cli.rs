//! The command `cargo lucia`.
//!
//! It reads what the build step reads, with the same code, and needs no database but where one is named. Every answer is text for a
//! person and, with `--json`, one object for a program.

mod arguments;
mod ask;
mod audit;
mod build_script;
mod database;
mod find;
mod flags;
mod migrate;
mod package;
mod paint;
mod problem;
mod schema;

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use clap::Parser as _;
use serde_json::{Value, json};

use arguments::{Arguments, Command, Migrate};

use crate::problem::Problem;

/// How a command ends, as other programs see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    Good = 0,
    Drift = 1,
    Error = 2,
    Undecided = 3,
}

/// What a command has to say.
#[derive(Debug)]
struct Answer {
    ending: Ending,
    text: String,
    json: Value,
}

/// What is wrong, in words.
#[derive(Debug)]
struct Stop(Vec<String>);

impl<T: Into<Stops>> From<T> for Stop {
    fn from(problem: T) -> Self {
        Self(problem.into().0)
    }
}

/// Whatever can be wrong.
struct Stops(Vec<String>);

impl From<problem::CliProblem> for Stops {
    fn from(problem: problem::CliProblem) -> Self {
        Self(vec![problem.to_string()])
    }
}

impl From<database::InDatabase> for Stops {
    fn from(problem: database::InDatabase) -> Self {
        Self(vec![problem.to_string()])
    }
}

impl From<Problem> for Stops {
    fn from(problem: Problem) -> Self {
        Self(vec![problem.to_string()])
    }
}

impl From<Vec<Problem>> for Stops {
    fn from(problems: Vec<Problem>) -> Self {
        Self(problems.iter().map(ToString::to_string).collect())
    }
}

/// Runs the command as it was called, by cargo or by its own name.
#[must_use]
pub fn main() -> ExitCode {
    let mut given: Vec<OsString> = std::env::args_os().collect();
    // Cargo passes the name of the subcommand on.
    if given.get(1).is_some_and(|first| first == "lucia") {
        given.remove(1);
    }
    let arguments = Arguments::parse_from(given);
    let ending = match run(&arguments) {
        Ok(answer) => {
            let text = if arguments.which.json { pretty(&answer.json) } else { answer.text };
            say(&mut io::stdout(), &text);
            answer.ending
        }
        Err(Stop(errors)) => {
            fail(&errors, arguments.which.json);
            Ending::Error
        }
    };
    ExitCode::from(ending as u8)
}

fn run(arguments: &Arguments) -> Result<Answer, Stop> {
    match &arguments.command {
        Command::Migrate(Migrate::Make(make)) => migrate::make(&arguments.which, make),
        Command::Migrate(Migrate::Check) => migrate::check(&arguments.which),
        Command::Migrate(Migrate::Status(live)) => migrate::status(&arguments.which, live),
        Command::Migrate(Migrate::Run(live)) => migrate::run(&arguments.which, live),
        Command::Migrate(Migrate::Revert(revert)) => migrate::revert(&arguments.which, revert),
        Command::Migrate(Migrate::Baseline(baseline)) => migrate::baseline(&arguments.which, baseline),
        Command::Audit(live) => audit::run(&arguments.which, live),
        Command::Schema { format } => schema::run(&arguments.which, *format),
    }
}

fn fail(errors: &[String], json: bool) {
    if json {
        say(&mut io::stdout(), &pretty(&json!({ "status": "error", "errors": errors })));
        return;
    }
    for error in errors {
        say(&mut io::stderr(), &format!("{}: {error}\n", paint::bad("error")));
    }
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

/// A reader that has gone away is no fault.
fn say(to: &mut impl io::Write, text: &str) {
    let _ = to.write_all(text.as_bytes()).and_then(|()| to.flush());
}
