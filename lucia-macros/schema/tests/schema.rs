//! Fingerprints, snapshots and quoting.
#![cfg(feature = "syn")]
#![expect(clippy::unwrap_used, reason = "helpers of tests count as production code")]

use lucia_schema::{Default, Dialect, Schema, Snapshot, SnapshotError, sql};

fn schema(source: &str) -> Schema {
    let reading = lucia_schema::read(&syn::parse_str(source).unwrap());
    assert!(reading.errors.is_none(), "{}", reading.errors.unwrap());
    reading.user.schema()
}

fn with(fields: &str) -> Schema {
    schema(&format!("pub struct User {{ pub id: UserId, {fields} }}"))
}

#[test]
fn the_fingerprint_is_stable() {
    // A change of this value makes every app out of step: it needs a new format of snapshots.
    assert_eq!(with("pub email: Option<String>").fingerprint(), "82364c75b1863fb2");
}

#[test]
fn the_fingerprint_ignores_what_only_rust_sees() {
    let fingerprint = with("#[lucia(unique)] pub email: Option<String>").fingerprint();
    for same in [
        "#[lucia(unique)] email: Option<String>",
        "/// Where to write to.\n #[lucia(unique)] pub(crate) email: Option<String>",
        "#[lucia(unique)] #[serde(skip)] pub email: std::option::Option<std::string::String>",
        "#[lucia(unique, column = \"email\")] pub mail: Option<String>",
        "#[lucia(unique, max_length = 255)] pub email: Option<String>",
        "#[lucia(unique, readonly)] pub email: Option<String>",
    ] {
        assert_eq!(with(same).fingerprint(), fingerprint, "{same}");
    }
    let renamed =
        schema("#[derive(Clone)] struct Member { id: UserId, #[lucia(unique)] email: Option<String> }");
    assert_eq!(renamed.fingerprint(), fingerprint);
    assert_eq!(with("pub at: NaiveDateTime"), with("pub at: DateTime<Utc>"));
    // A database that was migrated in steps has another order of columns than one that was made at once.
    let (one, other) = (with("a: i32, #[lucia(index)] b: i32"), with("#[lucia(index)] b: i32, a: i32"));
    assert_eq!(one.fingerprint(), other.fingerprint());
}

#[test]
fn the_fingerprint_tells_tables_apart() {
    let all = [
        "",
        "pub email: String",
        "pub email: Option<String>",
        "pub mail: String",
        "pub email: i32",
        "pub email: i64",
        "#[lucia(unique)] pub email: String",
        "#[lucia(index)] pub email: String",
        "#[lucia(max_length = 9)] pub email: String",
        "#[lucia(default = \"\")] pub email: String",
        "pub email: String, pub name: String",
    ];
    let distinct: std::collections::HashSet<String> =
        all.iter().map(|fields| with(fields).fingerprint()).collect();
    assert_eq!(distinct.len(), all.len());
    assert!(distinct.iter().all(|print| print.len() == 16 && print.chars().all(|c| c.is_ascii_hexdigit())));
}

#[test]
fn a_snapshot_has_a_line_for_each_column() {
    let schema = with("pub email: Option<String>, #[lucia(default = 0)] pub logins: i32");
    let json = Snapshot::new(schema, "", None).to_json();
    assert!(json.ends_with("}\n"));
    let line = |name: &str| {
        let lines: Vec<&str> =
            json.lines().filter(|line| line.contains(&format!("{{\"name\":\"{name}\""))).collect();
        assert_eq!(lines.len(), 1, "{json}");
        lines[0].trim().trim_end_matches(',').to_owned()
    };
    assert_eq!(
        line("email"),
        r#"{"name":"email","type":{"text":{"max_length":null}},"nullable":true,"default":null}"#
    );
    assert_eq!(line("logins"), r#"{"name":"logins","type":"i32","nullable":false,"default":{"int":0}}"#);
}

#[test]
fn a_snapshot_of_nothing_comes_back() {
    let snapshot = Snapshot::new(Schema { tables: Vec::new() }, "", None);
    assert_eq!(Snapshot::from_json(&snapshot.to_json()).unwrap(), snapshot);
}

#[test]
fn a_later_format_is_refused_whatever_is_in_it() {
    let error = Snapshot::from_json(r#"{ "format": 2, "schema": "elsewhere", "new": [] }"#).unwrap_err();
    assert!(matches!(error, SnapshotError::UnknownFormat { found: 2 }));
    assert_eq!(
        error.to_string(),
        "the snapshot has format 2, and this release of lucia reads format 1; it was probably written by a later \
         release: upgrade `lucia` and `lucia-build` to that one"
    );
}

#[test]
fn what_is_no_snapshot_is_refused() {
    for text in
        ["", "{}", "<<<<<<< ours", r#"{"format":-1}"#, r#"{"format":1,"schema":{"tables":[]},"more":1}"#]
    {
        let error = Snapshot::from_json(text).unwrap_err();
        assert!(matches!(error, SnapshotError::Malformed(_)), "{text}");
        assert!(error.to_string().contains("restore the file"));
        assert!(std::error::Error::source(&error).is_some());
    }
}

#[test]
fn floats_come_back_exactly() {
    for (source, value) in
        [("0.1", 0.1), ("1e300", 1e300), ("5e-324", 5e-324), ("-0.0", -0.0), ("12345678.9", 12_345_678.9)]
    {
        let schema = with(&format!("#[lucia(default = {source})] pub x: f64"));
        let snapshot = Snapshot::new(schema, "", None);
        let back = Snapshot::from_json(&snapshot.to_json()).unwrap();
        let default = back.schema.tables[0].columns[1].default.clone();
        let Some(Default::Float(found)) = default else { panic!("{default:?}") };
        assert_eq!(f64::to_bits(found), f64::to_bits(value), "{source}");
    }
}

#[test]
fn quoting_and_escaping() {
    assert_eq!(sql::identifier("a`b\"c", Dialect::Sqlite), "`a``b\"c`");
    assert_eq!(sql::identifier("a`b\"c", Dialect::Mysql), "`a``b\"c`");
    assert_eq!(sql::identifier("a`b\"c", Dialect::Postgres), "\"a`b\"\"c\"");
    assert_eq!(sql::text(r"it's \ here", Dialect::Sqlite), r"'it''s \ here'");
    assert_eq!(sql::text(r"it's \ here", Dialect::Postgres), r"'it''s \ here'");
    assert_eq!(sql::text(r"it's \ here", Dialect::Mysql), r"'it''s \\ here'");
}
