//! The page of attributes in the documentation of `lucia`, made from the tables that the parser reads.
//!
//! `LUCIA_GOLDEN=write` writes it; a difference otherwise fails.
#![expect(clippy::unwrap_used, reason = "helpers of tests count as production code")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use lucia_schema::{ATTRIBUTES, AttributeSpec, DEFAULT_KEYED_LENGTH, Kind, MAX_COLUMNS, Position};

fn page() -> String {
    let mut page = String::from(
        "Makes a struct with named fields the users of an app: a field `id: UserId`, and an attribute for every other field.\n",
    );
    section(&mut page, "On the struct", Position::Struct);
    section(&mut page, "On a field", Position::Field);
    page.push_str("\n# Types\n\nAn attribute has one of these types, or an `Option` of one:\n\n| type | column |\n| --- | --- |\n");
    for kind in Kind::ALL {
        writeln!(page, "| `{}` | {} |", kind.rust_name(), kind.column_type(None)).unwrap();
    }
    writeln!(
        page,
        "\nThe dates and times are chrono's (feature `chrono`); a `DateTime<Utc>` is kept in a column that holds UTC, and all \
         times to the microsecond.\nUnique and indexed text and bytes have a `max_length` of {DEFAULT_KEYED_LENGTH} unless \
         they name another. A struct has at most {MAX_COLUMNS} fields\n(Diesel's feature `32-column-tables` is on; more fields \
         need its `64-column-tables`)."
    )
    .unwrap();
    page
}

fn section(page: &mut String, title: &str, position: Position) {
    writeln!(page, "\n# {title}\n").unwrap();
    page.push_str("| attribute | takes | what it does |\n| --- | --- | --- |\n");
    for AttributeSpec { syntax, value, meaning, .. } in AttributeSpec::at(position) {
        writeln!(page, "| `#[lucia({syntax})]` | {} | {meaning} |", value.describe()).unwrap();
    }
}

#[test]
fn the_page_of_attributes_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lucia/src/docs/attributes.md");
    let page = page();
    if std::env::var_os("LUCIA_GOLDEN").is_some_and(|value| value == "write") {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &page).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), page, "LUCIA_GOLDEN=write writes it");
    assert!(ATTRIBUTES.iter().all(|attribute| page.contains(attribute.syntax)));
}
