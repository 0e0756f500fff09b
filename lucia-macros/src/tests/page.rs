//! The page "what this expands to" of the documentation of `lucia`.

use std::fmt::Write as _;
use std::path::Path;

use super::{ENUM, SMALL, TYPICAL, WIDE, attribute_tokens, counted, expansion, formatted};

fn page() -> String {
    let (derived, by_hand) = counted();
    let mut page = format!(
        "What the derives expand to, as the compiler gets it. Data and short bodies: the tables as Diesel's own macro takes them, the \
         input types, a constant for each attribute with what is done with its values, and the names that the query templates \
         of lucia take, which expand for each database whose feature is on. All of it is in the module of the struct; what an \
         app does not name is in an anonymous constant.\n\n\
         For the typical user the derive writes {derived} tokens. The same tables, queries and types written by hand, as the \
         tests of lucia have them to compare with, are {by_hand}.\n"
    );
    for (title, item, expansion) in [
        ("A small user", SMALL, expansion(SMALL)),
        ("A typical user", TYPICAL, expansion(TYPICAL)),
        ("A wide user", WIDE, expansion(WIDE)),
        ("An enum", ENUM, formatted(attribute_tokens(ENUM))),
    ] {
        write!(page, "\n# {title}\n\n```text\n{item}\n```\n\nexpands to\n\n```text\n{expansion}```\n")
            .unwrap();
    }
    page
}

#[test]
fn the_page_of_expansions_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../lucia/src/docs/expansion.md");
    let page = page();
    if std::env::var_os("LUCIA_GOLDEN").is_some_and(|value| value == "write") {
        std::fs::write(&path, &page).unwrap();
    }
    assert!(std::fs::read_to_string(&path).unwrap_or_default() == page, "LUCIA_GOLDEN=write writes it");
}
