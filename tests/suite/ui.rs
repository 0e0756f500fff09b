//! What compiles, what does not, and what is said then. `TRYBUILD=overwrite` writes the messages; read them aloud.

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn structs_that_compile_and_structs_that_are_told_why_not() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*.rs");
    cases.compile_fail("ui/fail/*.rs");
    cases.compile_fail("ui/fail/*/*.rs");
}

fn messages(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(messages(&path));
        } else if path.extension().is_some_and(|extension| extension == "stderr") {
            found.push(path);
        }
    }
    found
}

#[test]
fn every_message_belongs_to_a_case_and_one_mistake_is_one_error() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/fail");
    let messages = messages(&root);
    assert!(messages.len() >= 25, "{}", messages.len());
    for path in messages {
        assert!(path.with_extension("rs").exists(), "{} has no case", path.display());
        let text = fs::read_to_string(&path).unwrap();
        let errors = text.lines().filter(|line| line.starts_with("error")).count();
        let expected = if path.file_stem().unwrap() == "many_at_once" { 5 } else { 1 };
        assert_eq!(errors, expected, "{}:\n{text}", path.display());
    }
}
