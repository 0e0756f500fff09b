//! The page "what this expands to" of the documentation of `lucia`.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::cases::{self, Case};
use super::expansion;
use super::size::derived_and_by_hand;

/// What each item is for, by what it looks like.
const ITEMS: [(&str, &str); 13] = [
    (
        "`::diesel::table!`",
        "The table of users, as an app on Diesel would write it, for queries and joins of the app's own. Its one import is what \
         Diesel's code takes from the prelude, which an app may do without.",
    ),
    (
        "`__session_and_key_tables!`",
        "The tables of sessions and keys and what lets the three be joined, which are the same for every user.",
    ),
    (
        "`UserAttributes`",
        "What creating a user takes. What has a default need not be given, and what is read-only cannot.",
    ),
    (
        "`UserChanges`",
        "A partial update. An `Option` in it is there or not; what is in it is the new value, which may be a `None`.",
    ),
    ("`const _`", "Everything else, so that no name of it is beside those of the app."),
    (
        "`ID`, `USERNAME_COLUMN`",
        "The attributes as data. Each asks the compiler once whether the field is stored as it is taken to be, and fetches what is \
         done with its values; all code below goes through it, so that a field of another type is one error, at the field.",
    ),
    (
        "`impl LuciaUser`",
        "A line for each attribute, from one struct to another. It is all that an adapter without Diesel needs.",
    ),
    (
        "`impl Clone`, `impl Debug`",
        "What one expects of such structs, through the columns and not by `derive`, which would ask about each field again.",
    ),
    (
        "`impl Unique`",
        "What can look a user up, and nothing else, so that `auth.user_by` of any other column does not compile.",
    ),
    ("`impl Changeable`", "What a change can set, and nothing else."),
    (
        "`__user_row!`",
        "How a row becomes a user, and Diesel's `Queryable` and `Selectable`, for queries of the app's own; which therefore derives \
         neither.",
    ),
    (
        "`__for_each_backend!`",
        "The queries, once for each database whose feature is on. They are templates in lucia; the derive writes the names that \
         they take.",
    ),
    (
        "`__audited!`",
        "The table of users as the migrations make it, for `audit`. Without the feature of that name it is nothing.",
    ),
];

fn page() -> String {
    let (derived, by_hand) = derived_and_by_hand();
    let mut page = String::from(
        "What the derives expand to, for structs of three sizes. It is data and short bodies: what a user does is ordinary code in \
         lucia.\n\n| item | what for |\n| --- | --- |\n",
    );
    for (item, purpose) in ITEMS {
        writeln!(page, "| {item} | {purpose} |").unwrap();
    }
    writeln!(
        page,
        "\nLast is an assertion that the struct is in step with the newest migration, as far as a build step has said so. Every path \
         starts with `::`, is spelt by the app, or names what stands here.\n\n\
         For the [typical user](#a-typical-user) these are {derived} tokens, documentation not counted. The same tables, queries and \
         types take a person {by_hand}: lucia's tests have them written by hand, to compare with."
    )
    .unwrap();
    for (title, case) in [
        ("A user with an id", cases::SMALL),
        ("A typical user", cases::TYPICAL),
        ("A wide user", cases::WIDE),
        ("An enum", cases::ENUM),
        ("A newtype", cases::NEWTYPE),
    ] {
        section(&mut page, title, case);
    }
    page
}

/// The item, which is compiled, and what it becomes, which cannot be, for want of an app around it.
fn section(page: &mut String, title: &str, case: Case) {
    let expansion = expansion(case);
    write!(page, "\n# {title}\n\n```\n").unwrap();
    for line in hidden(case) {
        writeln!(page, "# #[allow(unused_imports)] {line}").unwrap();
    }
    write!(page, "{}```\n\nbecomes\n\n```rust,ignore\n{expansion}```\n", case.item).unwrap();
}

/// What the item needs that the page does not show.
fn hidden(case: Case) -> Vec<&'static str> {
    let needed = [
        ("", "use lucia::{LuciaAttribute, LuciaUser, UserId};"),
        ("DateTime", "use chrono::{DateTime, NaiveDate, Utc};"),
        ("Uuid", "use uuid::Uuid;"),
        ("BTreeMap", "use std::collections::BTreeMap;"),
        (": Role", "#[derive(Clone, Debug, LuciaAttribute)] pub enum Role { Reader, Admin }"),
        ("<Email>", "#[derive(Clone, Debug, LuciaAttribute)] pub struct Email(String);"),
    ];
    needed.into_iter().filter(|(name, _)| case.item.contains(name)).map(|(_, line)| line).collect()
}

#[test]
fn the_page_of_expansions_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../lucia/src/docs/expansion.md");
    let page = page();
    if std::env::var_os("LUCIA_GOLDEN").is_some_and(|value| value == "write") {
        fs::write(&path, &page).unwrap();
    }
    assert!(fs::read_to_string(&path).unwrap_or_default() == page, "LUCIA_GOLDEN=write writes it");
}
