//! A column that goes and one that comes.

use super::{diff, diff_by, told};

fn asked(old: &str, new: &str) -> Vec<String> {
    let questions = diff(old, new).questions;
    questions.iter().map(|question| format!("{}={}", question.dropped.name, question.added.name)).collect()
}

#[test]
fn a_question_prints_what_to_write_for_each_answer() {
    // Case 60.
    let diff = diff("mail: String", "email: String");
    assert_eq!(
        told(&diff),
        [
            "column `email` (text, not null) is new in `auth_user`",
            "column `mail` (text, not null) is gone from `auth_user`"
        ]
    );
    let [question] = diff.questions.as_slice() else { panic!("{:?}", diff.questions) };
    assert_eq!(
        question.to_string(),
        "column `mail` goes from `auth_user` and column `email` comes: is it the same one?\n\
         \x20 yes, under a new name: write `#[lucia(renamed_from = \"mail\")]` above the field of `email`, or pass `--rename \
         auth_user.mail=email`\n\
         \x20 yes, and only the field has a new name: write `#[lucia(column = \"mail\")]` above it\n\
         \x20 no, and the values of `mail` are to go: pass `--drop auth_user.mail`"
    );
}

#[test]
fn each_answer_that_is_printed_is_one() {
    let old = "mail: String";
    assert_eq!(asked(old, "#[lucia(renamed_from = \"mail\")] email: String"), [""; 0]);
    assert_eq!(asked(old, "#[lucia(column = \"mail\")] email: String"), [""; 0]);
    assert_eq!(diff_by(old, "email: String", "mail=email").questions, []);
    let mut dropped = diff(old, "email: String");
    assert!(dropped.answer_drop("auth_user", "mail"));
    assert_eq!((dropped.questions.len(), dropped.changes.len()), (0, 2));
}

#[test]
fn a_column_that_does_not_go_cannot_be_dropped() {
    let mut diff = diff("mail: String, a: i32", "email: String, a: i32");
    for (table, column) in
        [("auth_user", "a"), ("auth_user", "email"), ("auth_key", "mail"), ("auth_user", "x")]
    {
        assert!(!diff.answer_drop(table, column), "{table}.{column}");
    }
    assert_eq!(diff.questions.len(), 1);
}

#[test]
fn only_columns_that_could_be_one_are_asked_about() {
    for (old, new, expected) in [
        ("a: i32, b: String", "c: i64", &["a=c", "b=c"][..]),
        ("a: NaiveDate", "b: String", &[]),
        ("a: NaiveDate", "b: NaiveDate", &["a=b"]),
        ("a: bool", "b: i16", &["a=b"]),
        ("a: i32", "", &[]),
        ("", "b: i32", &[]),
        // One of them has been answered.
        ("a: i32, b: i32", "#[lucia(renamed_from = \"a\")] c: i32, d: i32", &["b=d"]),
        // Case 16: most often a slip, whatever they hold.
        ("email: NaiveDate", "#[lucia(column = \"Email\")] email: i32", &["email=Email"]),
    ] {
        assert_eq!(asked(old, new), expected, "{old} -> {new}");
    }
}
