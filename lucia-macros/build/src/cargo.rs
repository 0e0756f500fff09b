//! Cargo's side of the step: the environment in which it runs a build script, and what it reads from it.

use std::env;

use crate::instruction::Instruction;
use crate::package::{Package, path};
use crate::problem::Problem;
use crate::step::Script;
use crate::{Database, User, step};

/// Runs the step as cargo asks for it.
pub(crate) fn run(user: &User, databases: &[Database]) {
    let instructions = match surroundings() {
        Some(script) => step::run(user, databases, &script),
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
fn surroundings() -> Option<Script> {
    Some(Script {
        package: Package::at(path("CARGO_MANIFEST_DIR")?),
        out: path("OUT_DIR")?,
        order: env::var_os(crate::order::VARIABLE),
    })
}
