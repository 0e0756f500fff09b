//! What is written for each case of a changed struct, on every database and in both directions, as files that a person can
//! read. The package `lucia-migration-tests` runs them.
//!
//! `LUCIA_GOLDEN=write` writes them; a difference otherwise fails.
#![cfg(feature = "syn")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests count as production code")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use lucia_schema::Dialect;
use lucia_schema::sql::{self, Script};

use case::Case;

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
