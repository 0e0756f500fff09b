//! The SQL of whole user structs, on every database and in both directions, as files that a person can read.
//!
//! `LUCIA_GOLDEN=write` writes them; a difference otherwise fails.
#![cfg(feature = "syn")]
#![expect(clippy::unwrap_used, reason = "helpers of tests count as production code")]

use std::fs;
use std::path::{Path, PathBuf};

use lucia_schema::{Dialect, Schema, Snapshot, sql};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

fn schema_of(case: &Path) -> Schema {
    let source = fs::read_to_string(case.join("user.rs")).unwrap();
    let reading = lucia_schema::read(&syn::parse_str(&source).unwrap());
    assert!(reading.errors.is_none(), "{}: {}", case.display(), reading.errors.unwrap());
    assert!(reading.user.is_valid);
    reading.user.schema()
}

fn compare(path: &Path, text: &str) {
    if std::env::var_os("LUCIA_GOLDEN").is_some_and(|value| value == "write") {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert_eq!(text, expected, "{} differs; LUCIA_GOLDEN=write writes it", path.display());
}

#[test]
fn sql_is_what_it_was() {
    let cases = cases();
    assert!(cases.len() >= 5);
    for case in cases {
        let schema = schema_of(&case);
        for dialect in Dialect::ALL {
            let folder = case.join(dialect.name());
            compare(&folder.join("up.sql"), &sql::create(&schema, dialect));
            compare(&folder.join("down.sql"), &sql::drop(&schema, dialect));
        }
        compare(&case.join("snapshot.json"), &Snapshot::new(schema, "", None).to_json());
    }
}

#[test]
fn snapshots_come_back_as_they_went() {
    for case in cases() {
        let snapshot = Snapshot::new(schema_of(&case), "", None);
        assert_eq!(Snapshot::from_json(&snapshot.to_json()).unwrap(), snapshot);
    }
}

#[test]
fn every_name_we_make_is_short_and_distinct() {
    for case in cases() {
        let schema = schema_of(&case);
        let mut names: Vec<&str> = Vec::new();
        for table in &schema.tables {
            names.push(&table.name);
            names.extend(table.indexes.iter().map(|index| index.name.as_str()));
            names.extend(table.foreign_keys.iter().map(|key| key.name.as_str()));
        }
        assert!(names.iter().all(|name| name.len() <= 63), "{names:?}");
        let distinct: std::collections::HashSet<String> =
            names.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!(distinct.len(), names.len(), "{names:?}");
    }
}
