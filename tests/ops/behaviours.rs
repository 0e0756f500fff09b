//! The table of behaviours is whole, and what it names exists.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

const TABLE: &str = include_str!("../behaviours.md");

/// The lines of the table: number, behaviour, and what holds us to it.
fn lines() -> Vec<(u32, &'static str, &'static str)> {
    let cells = |line: &'static str| -> Option<(u32, &str, &str)> {
        let mut cells = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ");
        let line = (cells.next()?.parse().ok()?, cells.next()?, cells.next()?);
        assert_eq!(cells.next(), None, "{line:?}");
        Some(line)
    };
    TABLE.lines().filter_map(cells).collect()
}

/// The names in a cell that are paths of tests.
fn tests(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).filter(|code| code.contains("::")).collect()
}

fn file(path: &str) -> (PathBuf, &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (modules, name) = path.rsplit_once("::").unwrap();
    let (place, module) = modules.split_once("::").unwrap();
    let folder = match place {
        "ops" | "suite" => root.join(place),
        "domain" => root.join("../lucia/src/domain"),
        other => panic!("where is {other}?"),
    };
    (folder.join(module.replace("::", "/")).with_extension("rs"), name)
}

#[test]
fn every_line_is_there_once() {
    let numbers: Vec<u32> = lines().iter().map(|line| line.0).collect();
    assert_eq!(numbers, (1..=126).chain(142..=146).collect::<Vec<_>>());
}

#[test]
fn every_line_has_a_test_or_a_reason() {
    for (number, behaviour, held) in lines() {
        assert!(!behaviour.is_empty());
        let reason = held.starts_with("not taken");
        assert!(reason || !tests(held).is_empty(), "{number}: {held}");
    }
}

#[test]
fn every_test_that_is_named_exists() {
    let mut sources = HashMap::new();
    let mut missing = Vec::new();
    for path in lines().iter().flat_map(|line| tests(line.2)) {
        let (file, name) = file(path);
        let source =
            sources.entry(file.clone()).or_insert_with(|| std::fs::read_to_string(&file).unwrap_or_default());
        if !source.contains(&format!("fn {name}(")) {
            missing.push(path);
        }
    }
    assert_eq!(missing, [""; 0]);
}
