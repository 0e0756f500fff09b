//! What is written for each case of a changed struct, on every database and in both directions, as files that a person can
//! read. The package `lucia-migration-tests` runs them.
//!
//! `LUCIA_GOLDEN=write` writes them; a difference otherwise fails.
#![cfg(feature = "syn")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests count as production code")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use lucia_schema::Dialect;
use lucia_schema::sql::{self, Script};

use case::Case;

#[expect(unreachable_pub, reason = "the tests on databases have it as a public module")]
mod case;

fn cases() -> Vec<Case> {
    case::all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/migrate"))
}

fn written(case: &Case) -> String {
    let mut text = case.given.clone();
    for dialect in &case.dialects {
        match sql::migrate(&case.old, &case.new, &case.renames, &case.backfills, *dialect) {
            Ok(migration) => {
                section(&mut text, *dialect, "up", &migration.up);
                section(&mut text, *dialect, "down", &migration.down);
            }
            Err(refusals) => {
                assert!(case.misfit.is_empty(), "{}: {refusals:?}", case.name);
                write!(text, "\n==== {dialect}: refused\n").unwrap();
                for refusal in refusals {
                    writeln!(text, "{refusal}").unwrap();
                }
            }
        }
    }
    text
}

fn section(text: &mut String, dialect: Dialect, direction: &str, script: &Script) {
    let how = if script.in_transaction { "" } else { ", not in a transaction" };
    write!(text, "\n==== {dialect}: {direction}{how}\n{}", script.sql).unwrap();
}

#[test]
fn migrations_are_what_they_were() {
    let cases = cases();
    assert!(cases.len() > 50);
    let mut differing = Vec::new();
    for case in &cases {
        let text = written(case);
        if std::env::var_os("LUCIA_GOLDEN").is_some_and(|value| value == "write") {
            fs::write(&case.path, &text).unwrap();
        } else if text != case.text {
            differing.push(case.name.clone());
        }
    }
    assert!(differing.is_empty(), "{differing:?} differ; LUCIA_GOLDEN=write writes them");
}

#[test]
fn sqlite_is_never_given_double_quotes() {
    for case in cases() {
        if let Ok(migration) =
            sql::migrate(&case.old, &case.new, &case.renames, &case.backfills, Dialect::Sqlite)
        {
            for script in [migration.up, migration.down] {
                let code = script.sql.lines().filter(|line| !line.starts_with("--"));
                let outside: String =
                    code.map(|line| line.split('\'').step_by(2).collect::<String>()).collect();
                assert!(!outside.contains('"'), "{}: {}", case.name, script.sql);
            }
        }
    }
}

#[test]
fn every_kind_of_change_has_a_case_or_a_reason() {
    let number =
        |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<u32>();
    let cases = cases().into_iter().map(|case| number(case.name.strip_prefix("case_").unwrap()).unwrap());
    let cases: BTreeSet<u32> = cases.collect();
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/migrate/unreachable.md");
    let table = fs::read_to_string(table).unwrap();
    let unreachable: Vec<u32> =
        table.lines().filter_map(|line| number(line.strip_prefix("| ")?).ok()).collect();
    for kind in 1..=68 {
        let reasons = unreachable.iter().filter(|other| **other == kind).count();
        assert_eq!(reasons, usize::from(!cases.contains(&kind)), "{kind}");
    }
}
