//! What compiles, what does not, and what is said then. `TRYBUILD=overwrite` writes the messages; read them aloud.
//!
//! The cases of `pass` are the examples of this package, so that cargo has built them when this runs.
//! A case of `fail` breaks one rule. Its first line names the rule, and a line of carets stands below the token that is wrong.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::allow_attributes,
    reason = "a test that cannot go on should stop"
)]

use std::fs;
use std::path::{Path, PathBuf};

use lucia_schema::{ATTRIBUTES, Rule};

/// Those that compile are no cases of `trybuild`, which would build them one after the other, and all of these too.
#[test]
fn every_struct_that_compiles_is_built_with_the_tests() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    for path in files(&root().join("pass"), "rs") {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let line = format!("{{ name = \"{name}\", path = \"pass/{name}.rs\" }},");
        assert!(manifest.contains(&line), "{} is not built: the manifest should say {line}", path.display());
    }
}

#[test]
fn structs_that_are_told_why_not() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("fail/*.rs");
    cases.compile_fail("fail/*/*.rs");
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of that ending, in folders of folders too.
fn files(dir: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
    found
}

/// A case with what is said about it.
struct Case {
    path: PathBuf,
    source: String,
    message: String,
}

/// The cases that break one rule each.
fn cases() -> Vec<Case> {
    let paths = files(&root().join("fail"), "rs").into_iter();
    paths
        .filter(|path| path.file_stem().unwrap() != "many_at_once")
        .map(|path| Case {
            source: fs::read_to_string(&path).unwrap(),
            message: fs::read_to_string(path.with_extension("stderr")).unwrap_or_default(),
            path,
        })
        .collect()
}

impl Case {
    fn rule(&self) -> &str {
        let first = self.source.lines().next().unwrap();
        first.strip_prefix("// rule: ").unwrap_or_else(|| panic!("{} names no rule", self.path.display()))
    }

    /// The line and the columns of the token that is marked, all counted from one.
    fn marked(&self) -> (usize, usize, usize) {
        let is_mark = |line: &str| {
            line.trim().strip_prefix("//").is_some_and(|rest| {
                let rest = rest.trim();
                !rest.is_empty() && rest.chars().all(|c| c == '^')
            })
        };
        let place = self.source.lines().position(is_mark);
        let place = place.unwrap_or_else(|| panic!("{} marks nothing", self.path.display()));
        let line = self.source.lines().nth(place).unwrap();
        let start = line.find('^').unwrap();
        (place, start + 1, line.matches('^').count())
    }

    /// The same of the token that the compiler marks.
    fn told(&self) -> (usize, usize, usize) {
        let mut lines = self.message.lines().skip_while(|line| !line.trim_start().starts_with("--> "));
        let place = lines.next().unwrap().rsplit(".rs:").next().unwrap();
        let (line, column) = place.split_once(':').unwrap();
        let carets = lines.find(|line| line.contains('^')).unwrap();
        let count = carets.chars().skip_while(|c| *c != '^').take_while(|c| *c == '^').count();
        (line.parse().unwrap(), column.parse().unwrap(), count)
    }
}

#[test]
fn every_rule_and_every_attribute_has_a_case() {
    let cases = cases();
    assert!(cases.len() >= 70, "{}", cases.len());
    assert!(files(&root().join("pass"), "rs").len() >= 30);
    for rule in Rule::ALL {
        assert!(cases.iter().any(|case| case.rule() == rule.name()), "{} has no case", rule.name());
    }
    for case in &cases {
        assert!(Rule::ALL.iter().any(|rule| rule.name() == case.rule()), "{}", case.path.display());
        let family = case.path.parent().unwrap().file_name().unwrap().to_str().unwrap();
        assert_eq!(case.rule().split('/').next(), Some(family), "{}", case.path.display());
    }
    let written: Vec<String> = cases
        .iter()
        .flat_map(|case| case.source.lines())
        .filter(|line| line.contains("#[lucia("))
        .map(str::to_owned)
        .collect();
    for attribute in ATTRIBUTES {
        assert!(written.iter().any(|line| line.contains(attribute.name)), "{} has no case", attribute.name);
    }
}

#[test]
fn every_message_belongs_to_a_case() {
    for path in files(root(), "stderr") {
        assert!(path.with_extension("rs").exists(), "{} has no case", path.display());
    }
}

#[test]
fn one_mistake_is_one_error_on_its_token_with_a_fix() {
    /// How a fix begins, in our words and in rustc's.
    const FIXES: [&str; 7] =
        ["; ", ", add `", "help: ", "= note: ", "available fields", "missing `", "expected `"];
    /// Where only this library's authors know their way.
    const PRIVATE: [&str; 5] =
        ["__private", "lucia::user::", "lucia::auth::", "lucia::domain::", "lucia::diesel::templates"];
    const DIESEL: [&str; 7] = [
        "AsExpression",
        "Queryable",
        "QueryFragment",
        "Insertable",
        "FromSqlRow",
        "SelectableExpression",
        "AsChangeset",
    ];
    for case in cases() {
        let Case { path, message, .. } = &case;
        let told = format!("{}:\n{message}", path.display());
        assert_eq!(message.lines().filter(|line| line.starts_with("error")).count(), 1, "{told}");
        assert_eq!(case.marked(), case.told(), "line, column and length: {told}");
        assert!(FIXES.iter().any(|fix| message.contains(fix)), "no fix: {told}");
        assert!(PRIVATE.iter().all(|path| !message.contains(path)), "a private path: {told}");
        assert!(DIESEL.iter().all(|name| !message.contains(name)), "a trait of Diesel: {told}");
    }
}

#[test]
fn many_mistakes_are_told_in_one_compile() {
    let message = fs::read_to_string(root().join("fail/many_at_once.stderr")).unwrap();
    assert!(message.lines().filter(|line| line.starts_with("error")).count() >= 8, "{message}");
}
