//! What the derives expand to, formatted: `INSTA_UPDATE=always` writes the snapshots, `LUCIA_GOLDEN=write` the page of the
//! documentation, and a person reads them.

mod cases;
mod formatted;
mod hygiene;
mod page;
mod size;
mod spans;

use cases::Case;
use formatted::formatted;

fn expansion(case: Case) -> String {
    formatted(case.output())
}

/// The item and what it becomes.
fn assert_snapshot(name: &str, case: Case) {
    let both = format!("{}\n// becomes\n\n{}", case.item, expansion(case));
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, both) });
}

#[test]
fn a_small_user() {
    assert_snapshot("a_small_user", cases::SMALL);
}

#[test]
fn the_user_of_the_quickstart() {
    assert_snapshot("the_user_of_the_quickstart", cases::TYPICAL);
}

#[test]
fn a_wide_user() {
    assert_snapshot("a_wide_user", cases::WIDE);
}

#[test]
fn a_user_with_a_mistake_gets_the_same_items_with_bodies_that_do_nothing() {
    assert_snapshot("a_user_with_a_mistake", cases::MISTAKEN);
    assert_eq!(expansion(cases::MISTAKEN).matches("compile_error!").count(), 1);
}

#[test]
fn an_enum() {
    assert_snapshot("an_enum", cases::ENUM);
}

#[test]
fn a_newtype() {
    assert_snapshot("a_newtype", cases::NEWTYPE);
}

#[test]
fn an_enum_with_a_mistake_is_stored_as_anything() {
    assert_snapshot("an_enum_with_a_mistake", cases::MISTAKEN_ATTRIBUTE);
    assert_eq!(expansion(cases::MISTAKEN_ATTRIBUTE).matches("compile_error!").count(), 1);
}

#[test]
fn the_same_struct_expands_to_the_same_code() {
    for case in cases::SNAPSHOTS {
        assert_eq!(expansion(case), expansion(case));
    }
}
