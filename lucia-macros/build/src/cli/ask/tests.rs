//! Answers as a person types them.

use lucia_schema::{Column, Keyed, Rename, Schema, TableNames, Type, UserColumn, diff};

use super::first;
use crate::decisions::{Decisions, Drop};
use crate::need::{self, Need};

fn column(name: &str, nullable: bool) -> UserColumn {
    let ty = Type::Text { max_length: Some(9) };
    UserColumn { column: Column { name: name.to_owned(), ty, nullable, default: None }, keyed: Keyed::No }
}

fn schema(columns: &[UserColumn]) -> Schema {
    Schema::of(&TableNames::default(), columns, &[])
}

fn needs(old: &[UserColumn], new: &[UserColumn]) -> Vec<Need> {
    let decisions = Decisions { by_command: true, ..Decisions::default() };
    need::all(&diff(&schema(old), &schema(new), &[]), &decisions)
}

/// What came of the first need, and what was shown.
fn asked(needs: &[Need], typed: &str) -> (bool, Decisions, String) {
    let mut decisions = Decisions::default();
    let mut shown = Vec::new();
    let is_said = first(needs, &mut decisions, &mut typed.as_bytes(), &mut shown).unwrap();
    (is_said, decisions, String::from_utf8(shown).unwrap())
}

#[test]
fn which_column_it_is_now() {
    let needs = needs(&[column("nick", true)], &[column("a", true), column("b", true)]);
    let (is_said, decisions, shown) = asked(&needs, "\nhm\n7\n-1\n2\n");
    assert!(is_said);
    assert_eq!(decisions.renames, [Rename::new("auth_user", "nick", "b")]);
    assert!(decisions.drops.is_empty());
    assert_eq!(
        shown,
        "column `nick` goes from `auth_user`: has it only got a new name?\n  \
         1: yes, it is called `a` now, and keeps its values\n  \
         2: yes, it is called `b` now, and keeps its values\n  \
         0: no, and its values go with it\n  \
         which?   which?   which?   which?   which? ",
        "whatever is no answer is asked again"
    );
}

#[test]
fn that_it_is_none_of_them() {
    let needs = needs(&[column("nick", true)], &[column("a", true)]);
    let (is_said, decisions, _) = asked(&needs, "0\n");
    assert!(is_said && decisions.renames.is_empty());
    assert_eq!(decisions.drops, [Drop { table: "auth_user".to_owned(), column: "nick".to_owned() }]);
}

#[test]
fn that_a_column_may_go() {
    let needs = needs(&[column("nick", true)], &[]);
    let (is_said, decisions, shown) = asked(&needs, "maybe\nyes\n");
    assert!(is_said && !decisions.destructive);
    assert_eq!(decisions.drops, [Drop { table: "auth_user".to_owned(), column: "nick".to_owned() }]);
    assert!(shown.contains("is gone from `auth_user`\n  its values are gone for good"), "{shown}");
    let (is_said, decisions, _) = asked(&needs, "n\n");
    assert!(!is_said && decisions.drops.is_empty());
}

#[test]
fn what_rows_that_are_there_get() {
    let needs = needs(&[], &[column("nick", false)]);
    let (is_said, decisions, _) = asked(&needs, "  lower(id) \n");
    assert!(is_said);
    assert_eq!(decisions.value("auth_user", "nick"), Some("lower(id)"));
    assert!(!asked(&needs, "\n").0, "nothing leaves it open");
}

#[test]
fn that_values_may_be_equal() {
    let unique = UserColumn { keyed: Keyed::Unique, ..column("nick", true) };
    let needs = needs(&[unique], &[column("nick", true)]);
    assert!(asked(&needs, "y\n").1.duplicates);
    let (is_said, decisions, _) = asked(&needs, "no\n");
    assert!(!is_said && !decisions.duplicates);
}

#[test]
fn who_says_nothing_decides_nothing() {
    for needs in [
        needs(&[column("nick", true)], &[column("a", true)]),
        needs(&[column("nick", true)], &[]),
        needs(&[], &[column("nick", false)]),
    ] {
        let (is_said, decisions, _) = asked(&needs, "");
        assert!(!is_said);
        assert_eq!(decisions.flags(), Vec::<String>::new());
    }
}
