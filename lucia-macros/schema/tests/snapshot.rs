//! What a snapshot says besides the tables: what it follows, what was decided, and what the SQL was.
#![cfg(feature = "syn")]
#![expect(clippy::unwrap_used, reason = "helpers of tests count as production code")]

use lucia_schema::{Schema, Snapshot, VERSION};

fn schema(fields: &str) -> Schema {
    let source = format!("struct User {{ id: UserId, {fields} }}");
    lucia_schema::read(&syn::parse_str(&source).unwrap()).user.schema()
}

#[test]
fn what_was_decided_and_written_is_in_the_file() {
    let first = Snapshot::new(schema("nick: String"), "CREATE", Some("DROP"));
    let second = Snapshot::new(schema("name: String"), "ALTER", None)
        .after(&first)
        .decided(vec!["--rename auth_user.nick=name".to_owned(), "--backfill auth_user.a='\"'".to_owned()]);
    let json = second.to_json();
    let expected = format!(
        "{{\n  \"format\": 1,\n  \"lucia\": \"{VERSION}\",\n  \"parent\": \"{}\",\n  \"decisions\": [\n    \
         \"--rename auth_user.nick=name\",\n    \"--backfill auth_user.a='\\\"'\"\n  ],\n  \"up\": \"{}\",\n  \"down\": null,\n  \
         \"schema\": {{\n    \"tables\": [\n",
        first.id(),
        Snapshot::checksum("ALTER"),
    );
    assert!(json.starts_with(&expected), "{json}\n{expected}");
    assert_eq!(Snapshot::from_json(&json).unwrap(), second);
    assert_eq!(Snapshot::from_json(&json.replace('\n', "\r\n")).unwrap(), second);
}

#[test]
fn a_checksum_is_the_sha_256_of_the_text_whatever_its_line_endings() {
    let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(Snapshot::checksum("abc"), known);
    assert_eq!(Snapshot::checksum("a\r\nb\r\n"), Snapshot::checksum("a\nb\n"));
    assert_ne!(Snapshot::checksum("a\nb\n"), Snapshot::checksum("a\nb"));
}

#[test]
fn an_id_stands_for_the_tables_and_for_what_came_before() {
    let plain = |fields: &str| Snapshot::new(schema(fields), "", None);
    let (one, two) = (plain("a: i32"), plain("a: i32, b: i32").after(&plain("a: i32")));
    let back = plain("a: i32").after(&two);
    let ids = [one.id(), two.id(), back.id(), plain("b: i32").id()];
    let distinct: std::collections::HashSet<&String> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len(), "{ids:?}");
    assert!(ids.iter().all(|id| id.len() == 16 && id.bytes().all(|b| b.is_ascii_hexdigit())), "{ids:?}");
    // Neither the SQL nor what was decided on the way, nor the order of fields, makes another state of the tables.
    let same = Snapshot::new(schema("b: i32, a: i32"), "by hand", Some("back")).after(&one);
    assert_eq!(same.decided(vec!["--allow destructive".to_owned()]).id(), two.id());
}
