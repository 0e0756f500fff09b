//! What the derive is measured against is a fair match: written from the same template as the crates of the benchmark, with
//! the same queries, on the same tables.
//!
//! `LUCIA_GOLDEN=write` writes the file; a difference otherwise fails.

use std::collections::BTreeSet;
use std::fs;

use chrono::DateTime;
use lucia::UserId;
use lucia_tests::{Database, auth_user, by_hand, source};
use syn::{File, Item};

use crate::build_project::workspace;

#[test]
fn the_file_is_what_is_written_for_the_typical_user() {
    let written = source::by_hand(&source::typical());
    let path = workspace().join("tests/src/by_hand.rs");
    if std::env::var_os("LUCIA_GOLDEN").is_some_and(|value| value == "write") {
        fs::write(&path, &written).unwrap();
    }
    assert_eq!(fs::read_to_string(path).unwrap(), written, "LUCIA_GOLDEN=write writes it");
}

#[test]
fn every_query_of_the_derive_is_there() {
    let path = workspace().join("lucia/src/diesel/queries.rs");
    let of_the_derive = queries(&fs::read_to_string(path).unwrap());
    let by_hand = syn::parse_file(&source::by_hand(&source::typical())).unwrap();
    let by_hand: BTreeSet<_> = functions(&by_hand)
        // One function for each unique attribute is what a person writes.
        .map(|name| if name == "user_by_username" { "user_by_unique".to_owned() } else { name })
        .collect();
    assert_eq!(by_hand, of_the_derive);
}

/// The names in the lists of queries, but for the one that no derived user has.
fn queries(source: &str) -> BTreeSet<String> {
    let lists = source.split("\nqueries! {\n").skip(1).map(|list| list.split("\n}\n").next().unwrap());
    let lists = lists.filter(|list| !list.contains("trait ApartQueries"));
    let named = |line: &str| line.strip_prefix("    fn ")?.split('(').next().map(str::to_owned);
    lists.flat_map(str::lines).filter_map(named).collect()
}

fn functions(file: &File) -> impl Iterator<Item = String> {
    file.items.iter().filter_map(|item| match item {
        Item::Fn(item) if matches!(item.vis, syn::Visibility::Public(_)) => Some(item.sig.ident.to_string()),
        _ => None,
    })
}

#[test]
fn what_it_writes_the_derived_user_reads() {
    let database = Database::new();
    let auth = database.auth();
    let mut conn = database.connect();
    let attributes =
        by_hand::UserAttributes { username: "ada".to_owned(), email: Some("ada@x".to_owned()), logins: None };
    let now = DateTime::UNIX_EPOCH.naive_utc();
    let ada = by_hand::User::create(UserId::new("1").unwrap(), attributes, now).unwrap();
    assert_eq!(by_hand::insert_user(&mut conn, &ada), Ok(1));
    let changes = by_hand::UserChanges { logins: Some(3), ..Default::default() };
    assert_eq!(by_hand::update_user(&mut conn, "1", &changes), Ok(1));

    let derived = auth.on(&mut conn).user_by(auth_user::username, "ada").unwrap().unwrap();
    let by_hand = by_hand::user_by_username(&mut conn, "ada").unwrap().unwrap();
    assert_eq!((derived.email, derived.logins, derived.created_at.naive_utc()), (by_hand.email, 3, now));
    assert_eq!(by_hand.logins, 3);
}

#[test]
fn it_refuses_what_the_derive_refuses() {
    for username in ["a\0b".to_owned(), "a".repeat(33)] {
        let attributes = by_hand::UserAttributes { username: username.clone(), email: None, logins: None };
        let now = DateTime::UNIX_EPOCH.naive_utc();
        assert!(by_hand::User::create(UserId::new("1").unwrap(), attributes, now).is_err());
        let changes = by_hand::UserChanges { username: Some(username), ..Default::default() };
        assert!(changes.check().is_err());
    }
}
