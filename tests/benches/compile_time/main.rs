//! What `#[derive(LuciaUser)]` costs at compile time, as ratios to the same user written by hand on Diesel alone.
//!
//! For each number of attributes there are two crates: with the derive, and with the same tables, inputs and queries in the
//! source. Both are edited alike and checked by cargo, which compiles nothing but the crate that was edited. Rounds
//! alternate between the two, and the medians are compared, so that a machine whose speed drifts does not decide.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::allow_attributes,
    missing_docs,
    reason = "a benchmark that cannot go on should stop"
)]

mod edit;
mod project;

use std::path::Path;

use edit::Edit;
use lucia_tests::source::{self, Attribute};
use project::Project;

const ATTRIBUTES: [usize; 3] = [10, 30, 50];
const ROUNDS: usize = 9;
const LIMIT: f64 = 1.25;

/// What it is called, its limit as a ratio to the first, and the source of its user.
type Contestant = (&'static str, Option<f64>, fn(&[Attribute]) -> String);

const CONTESTANTS: [Contestant; 2] =
    [("by hand", None, source::by_hand), ("derived", Some(LIMIT), source::derived)];

/// The seconds of each round of each contestant.
fn rounds(projects: &[Project; 2], attributes: &[Attribute], edit: Edit) -> [Vec<f64>; 2] {
    let mut times = [const { Vec::new() }; 2];
    for turn in 0..=ROUNDS {
        for (n, (_, _, source)) in CONTESTANTS.iter().enumerate() {
            projects[n].write(&edit.source(turn, attributes, *source));
            let time = projects[n].check();
            // The first round warms up.
            if turn > 0 {
                times[n].push(time);
            }
        }
    }
    times
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn report(count: usize, edit: Edit, times: [Vec<f64>; 2]) {
    let medians = times.map(median);
    for ((name, limit, _), time) in CONTESTANTS.iter().zip(medians) {
        let name = format!("{count} attributes, {}, {name}", edit.name());
        let ratio = time / medians[0];
        let limit = limit.map(|limit| verdict(ratio, limit)).unwrap_or_default();
        println!("{name:<44} {:>10.0} {ratio:>10.2}{limit}", time * 1_000.0);
    }
}

fn verdict(ratio: f64, limit: f64) -> String {
    let over = if ratio > limit { ", over the limit" } else { "" };
    format!("  limit {limit:.2}{over}")
}

fn main() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile_time");
    println!("check a crate with one user after an edit, SQLite, {ROUNDS} rounds");
    println!("{:<44} {:>10} {:>10}", "", "ms/check", "ratio");
    for count in ATTRIBUTES {
        let attributes = source::mixed(count);
        let projects = CONTESTANTS.map(|(name, _, source)| {
            let project = Project::new(&root, name, count);
            project.write(&source(&attributes));
            project.build_dependencies();
            project
        });
        for edit in Edit::ALL {
            report(count, edit, rounds(&projects, &attributes, edit));
        }
    }
}
