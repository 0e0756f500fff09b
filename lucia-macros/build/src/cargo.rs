//! Cargo's side of the step: the environment in which it runs a build script, and what it reads from it.

use std::env;
use std::path::PathBuf;

use crate::instruction::Instruction;
use crate::package::Package;
use crate::problem::Problem;
use crate::{Database, User, step};

/// Runs the step as cargo asks for it.
pub(crate) fn run(user: &User, databases: &[Database]) {
    let instructions = match surroundings() {
        Some(package) => step::run(user, databases, &package),
        None => vec![Instruction::Error(Problem::NoBuildScript.to_string())],
    };
    for instruction in instructions {
        print(&instruction);
    }
}

#[expect(clippy::print_stdout, reason = "cargo reads the standard output of a build script")]
fn print(instruction: &Instruction) {
    println!("{instruction}");
}

/// What a build script is given; `None` when this is none.
fn surroundings() -> Option<Package> {
    let path = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    Some(Package {
        root: path("CARGO_MANIFEST_DIR")?,
        out: path("OUT_DIR")?,
        cargo_home: path("CARGO_HOME")
            .or_else(|| Some(path("HOME").or_else(|| path("USERPROFILE"))?.join(".cargo"))),
        order: env::var_os(crate::order::VARIABLE),
        date: env::var_os(crate::package::DATE),
    })
}
