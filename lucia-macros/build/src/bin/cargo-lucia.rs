//! `cargo lucia`.
#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    lucia_build::cli::main()
}
