//! Every rule with a struct that breaks it: exactly one error, on the right tokens, with its text in `rules.txt`.
//!
//! `LUCIA_GOLDEN=write` writes that file; read it aloud before committing it.
#![cfg(feature = "syn")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests count as production code")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use lucia_schema::{ATTRIBUTES, Default, Kind, Position, Reading, TableNames};

fn read(source: &str) -> Reading {
    lucia_schema::read(&syn::parse_str(source).unwrap_or_else(|error| panic!("{error}: {source}")))
}

fn user(fields: &str) -> String {
    format!("pub struct User {{ pub id: UserId, {fields} }}")
}

/// The marked text and the message of each mistake.
fn mistakes(source: &str) -> Vec<(String, String)> {
    let errors = read(source).errors.into_iter().flatten();
    errors.map(|error| (error.span().source_text().unwrap_or_default(), error.to_string())).collect()
}

fn wide(count: usize) -> String {
    (1..count).fold(String::new(), |mut fields, n| {
        write!(fields, "pub f{n}: bool, ").unwrap();
        fields
    })
}

/// What is broken, and a struct that breaks it; after `> ` only the fields beside `id`.
const CASES: &[(&str, &str)] = &[
    ("shape: enum", "pub enum User { A }"),
    ("shape: union", "pub union User { a: u8 }"),
    ("shape: tuple struct", "pub struct User(UserId);"),
    ("shape: unit struct", "pub struct User;"),
    ("shape: type parameter", "pub struct User<T> { pub id: UserId, pub data: T }"),
    ("shape: lifetime", "pub struct User<'a> { pub id: UserId, pub name: &'a str }"),
    ("shape: where clause", "pub struct User where String: Clone { pub id: UserId }"),
    ("shape: no id", "pub struct User { pub name: String }"),
    ("shape: nothing", "pub struct User {}"),
    ("shape: id of another type", "pub struct User { pub id: String }"),
    ("shape: optional id", "pub struct User { pub id: Option<UserId> }"),
    ("shape: attribute on id", "pub struct User { #[lucia(unique)] pub id: UserId }"),
    ("shape: cfg", "> #[cfg(feature = \"mail\")] pub email: String"),
    ("shape: cfg_attr with lucia", "> #[cfg_attr(unix, serde(skip), lucia(unique))] pub email: String"),
    ("shape: cfg_attr on struct", "#[cfg_attr(unix, lucia(user_table = \"u\"))] struct User { id: UserId }"),
    ("syntax: no list", "> #[lucia] pub name: String"),
    ("syntax: value for lucia", "> #[lucia = \"unique\"] pub name: String"),
    ("syntax: no name", "> #[lucia(\"unique\")] pub name: String"),
    ("syntax: unknown, suggestion", "> #[lucia(uniqe)] pub name: String"),
    ("syntax: unknown, no suggestion", "> #[lucia(primary_key)] pub name: String"),
    ("syntax: unknown on struct", "#[lucia(users_table = \"u\")] struct User { id: UserId }"),
    ("syntax: field attribute on struct", "#[lucia(unique)] struct User { id: UserId }"),
    ("syntax: struct attribute on field", "> #[lucia(user_table = \"u\")] pub name: String"),
    ("syntax: duplicate", "> #[lucia(unique, unique)] pub name: String"),
    (
        "syntax: duplicate in two lists",
        "> #[lucia(max_length = 3)] #[lucia(max_length = 4)] pub name: String",
    ),
    ("syntax: flag with value", "> #[lucia(unique = true)] pub name: String"),
    ("syntax: flag with list", "> #[lucia(unique(nocase))] pub name: String"),
    ("syntax: text without quotes", "> #[lucia(column = nick)] pub name: String"),
    ("syntax: no value", "> #[lucia(max_length)] pub name: String"),
    ("syntax: nothing after =", "> #[lucia(max_length =)] pub name: String"),
    ("syntax: length in quotes", "> #[lucia(max_length = \"32\")] pub name: String"),
    ("syntax: negative length", "> #[lucia(max_length = -1)] pub name: String"),
    ("syntax: default of an expression", "> #[lucia(default = 1 + 1)] pub n: i32"),
    ("syntax: default of a path", "> #[lucia(default = Utc::now())] pub at: DateTime<Utc>"),
    ("syntax: read-only with bad default", "> #[lucia(readonly, default = today)] pub at: DateTime<Utc>"),
    ("syntax: crate in quotes", "#[lucia(crate = \"my::lucia\")] struct User { id: UserId }"),
    ("syntax: crate not a path", "#[lucia(crate = 3)] struct User { id: UserId }"),
    ("syntax: crate without root", "#[lucia(crate = my::lucia)] struct User { id: UserId }"),
    ("syntax: crate from self", "#[lucia(crate = self::lucia)] struct User { id: UserId }"),
    ("typing: unknown type", "> pub role: Role"),
    ("typing: unknown optional type", "> pub role: Option<Role>"),
    ("typing: unsigned", "> pub age: u32"),
    ("typing: small unsigned", "> pub age: Option<u8>"),
    ("typing: str", "> pub name: &'static str"),
    ("typing: slice", "> pub data: &'static [u8]"),
    ("typing: array", "> pub data: [u8; 16]"),
    ("typing: array of another type", "> pub data: [i32; 4]"),
    ("typing: vec of another type", "> pub tags: Vec<String>"),
    ("typing: zone", "> pub at: DateTime<Local>"),
    ("typing: no zone", "> pub at: chrono::DateTime"),
    ("typing: tuple", "> pub pair: (i32, i32)"),
    ("typing: arguments", "> pub name: String<u8>"),
    ("typing: user id", "> pub friend: UserId"),
    ("typing: nested option", "> pub name: Option<Option<String>>"),
    ("typing: option of nothing", "> pub name: Option"),
    ("naming: column", "> #[lucia(column = \"nick-name\")] pub name: String"),
    ("naming: empty column", "> #[lucia(column = \"\")] pub name: String"),
    ("naming: column not ASCII", "> pub größe: i32"),
    ("naming: column of PostgreSQL", "> #[lucia(column = \"ctid\")] pub name: String"),
    ("naming: column of migrations", "> #[lucia(column = \"__new_a\")] pub name: String"),
    ("naming: same column", "> pub mail: String, #[lucia(column = \"Mail\")] pub other: String"),
    ("naming: column id", "> #[lucia(column = \"ID\")] pub other: String"),
    ("naming: table", "#[lucia(user_table = \"my users\")] struct User { id: UserId }"),
    ("naming: table of SQLite", "#[lucia(key_table = \"sqlite_key\")] struct User { id: UserId }"),
    ("naming: table of Rust", "#[lucia(key_table = \"crate\")] struct User { id: UserId }"),
    ("naming: same table", "#[lucia(session_table = \"Auth_User\")] struct User { id: UserId }"),
    ("naming: same table, earlier given", "#[lucia(user_table = \"auth_key\")] struct User { id: UserId }"),
    ("naming: item of Diesel", "> pub table: String"),
    ("naming: item of Diesel, optional", "> pub columns: Option<i32>"),
    ("naming: underscores", "> pub __secret: String"),
    ("naming: field is table", "> pub auth_user: String"),
    ("length: on a number", "> #[lucia(max_length = 3)] pub n: i32"),
    ("length: zero", "> #[lucia(max_length = 0)] pub name: String"),
    ("length: too large", "> #[lucia(max_length = 65536)] pub name: String"),
    ("length: far too large", "> #[lucia(max_length = 99999999999999999999)] pub name: String"),
    ("length: unique text", "> #[lucia(unique, max_length = 673)] pub name: String"),
    ("length: indexed bytes", "> #[lucia(index, max_length = 2689)] pub data: Vec<u8>"),
    ("value: text for a number", "> #[lucia(default = \"0\")] pub n: i32"),
    ("value: number for text", "> #[lucia(default = 0)] pub name: String"),
    ("value: number for bool", "> #[lucia(default = 0)] pub admin: bool"),
    ("value: text for a float", "> #[lucia(default = \"1\")] pub x: f64"),
    ("value: float for a number", "> #[lucia(default = 0.5)] pub n: i64"),
    ("value: suffix", "> #[lucia(default = 0i32)] pub n: i32"),
    ("value: i16 out of range", "> #[lucia(default = 32768)] pub n: i16"),
    ("value: i32 out of range", "> #[lucia(default = -2147483649)] pub n: i32"),
    ("value: i64 out of range", "> #[lucia(default = 9223372036854775808)] pub n: i64"),
    ("value: f32 out of range", "> #[lucia(default = 1e39)] pub x: f32"),
    ("value: f64 out of range", "> #[lucia(default = 1e309)] pub x: f64"),
    ("value: too long", "> #[lucia(max_length = 3, default = \"äöüß\")] pub name: String"),
    ("value: control character", "> #[lucia(default = \"a\\0\")] pub name: String"),
    ("value: now for a date", "> #[lucia(default = now)] pub born: NaiveDate"),
    ("value: now for a number", "> #[lucia(default = now)] pub at: i64"),
    ("value: literal for a timestamp", "> #[lucia(default = \"2024-01-01\")] pub at: DateTime<Utc>"),
    ("value: literal for a date", "> #[lucia(default = \"2024-01-01\")] pub born: NaiveDate"),
    ("value: literal for bytes", "> #[lucia(default = \"\")] pub data: Vec<u8>"),
    ("conflict: index and unique", "> #[lucia(unique, index)] pub name: String"),
    ("conflict: default and unique", "> #[lucia(unique, default = \"a\")] pub name: String"),
    ("conflict: unique float", "> #[lucia(unique)] pub score: f64"),
    ("conflict: read-only without a value", "> #[lucia(readonly)] pub r#type: String"),
];

fn cases() -> Vec<(&'static str, String)> {
    let mut cases: Vec<(&str, String)> = CASES
        .iter()
        .map(|&(name, source)| (name, source.strip_prefix("> ").map_or_else(|| source.to_owned(), user)))
        .collect();
    cases.push(("shape: too many fields", user(&wide(65))));
    let keyed =
        wide(25).replace("pub f", "#[lucia(unique, max_length = 672)] pub f").replace("bool", "String");
    cases.push(("length: row", user(&keyed)));
    cases
}

#[test]
fn every_rule_tells_one_mistake_on_its_tokens() {
    let mut text = String::new();
    for (name, source) in cases() {
        let found = mistakes(&source);
        assert_eq!(found.len(), 1, "{name}: {found:#?}");
        let (marked, message) = &found[0];
        assert!(!marked.is_empty() && !marked.contains("struct "), "{name} marks {marked:?}");
        assert!(!message.starts_with(char::is_uppercase), "{name}: {message}");
        assert!(!message.ends_with('.'), "{name}: {message}");
        assert!(message.contains('`'), "{name}: {message}");
        writeln!(text, "{name}\n  on `{marked}`\n  {}\n", message.replace('\n', "\n  ")).unwrap();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules.txt");
    if std::env::var_os("LUCIA_GOLDEN").is_some_and(|value| value == "write") {
        fs::write(&path, &text).unwrap();
    }
    assert_eq!(text, fs::read_to_string(path).unwrap_or_default(), "LUCIA_GOLDEN=write writes it");
}

/// What a message tells to write, as far as it is a whole field or struct.
#[test]
fn what_messages_tell_to_write_is_right() {
    let mut count = 0;
    for (name, source) in cases() {
        let (_, message) = mistakes(&source).remove(0);
        let Some(advice) = message.trim_end_matches(['`', '?']).rsplit('`').next() else { continue };
        let advice = match advice {
            _ if advice.contains("struct ") => advice.to_owned(),
            "pub id: UserId" => format!("struct User {{ {advice} }}"),
            _ if advice.contains("pub ") => user(advice),
            _ => continue,
        };
        let reading = read(&advice);
        assert!(reading.errors.is_none(), "{name}: {advice}: {:?}", reading.errors);
        count += 1;
    }
    assert!(count > 25, "{count}");
}

#[test]
fn many_mistakes_are_told_at_once() {
    let found = mistakes(
        "#[lucia(user_tabel = \"a\", crate = \"lucia\", key_table = \"auth user\")]
         pub struct User<T> {
             #[lucia(unique, max_lenght = 3, , \"junk\", default = )] pub name: u32,
             #[lucia(unique, index)] #[cfg(unix)] pub score: f32,
             #[lucia(readonly, column = 3)] pub data: Vec<u8>,
             pub table: Option<Option<String>>,
         }",
    );
    let marked: Vec<&str> = found.iter().map(|(marked, _)| marked.as_str()).collect();
    for expected in [
        "user_tabel",
        "\"lucia\"",
        "\"auth user\"",
        "<T>",
        "max_lenght",
        "\"junk\"",
        "u32",
        "unique",
        "index",
        "3",
    ] {
        assert!(marked.contains(&expected), "{expected} is not in {marked:?}");
    }
    assert_eq!(found.len(), 17, "{found:#?}");
}

#[test]
fn every_example_of_the_table_is_read() {
    for spec in ATTRIBUTES {
        let source = match spec.position {
            Position::Struct => spec.example(),
            Position::Field => user(&spec.example()),
        };
        let reading = read(&source);
        assert!(reading.errors.is_none(), "{source}: {:?}", reading.errors);
        // It is not only let through, it also means something.
        let without = read(&source.replace(&spec.written(), ""));
        assert_ne!(format!("{:?}", reading.user), format!("{:?}", without.user), "{source}");
        assert!(spec.meaning.ends_with('.') && spec.written().contains(spec.name));
    }
}

#[test]
fn every_attribute_is_in_the_table_once() {
    let mut names: Vec<&str> = ATTRIBUTES.iter().map(|spec| spec.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), ATTRIBUTES.len());
}

#[test]
fn the_quickstarts_user_is_read() {
    let reading = read(
        "#[derive(Clone, Debug, LuciaUser)]
         pub struct User {
             pub id: UserId,
             /// What they log in with.
             #[lucia(unique, max_length = 32)]
             pub username: String,
             pub email: Option<String>,
             #[lucia(default = 0)]
             pub logins: i32,
             #[lucia(readonly, default = now)]
             pub created_at: DateTime<Utc>,
         }",
    );
    assert!(reading.errors.is_none());
    let user = reading.user;
    assert!(user.is_valid && user.id.known);
    assert_eq!(user.tables, TableNames::default());
    let [username, email, logins, created_at] = user.attributes.as_slice() else { panic!("{user:?}") };
    assert_eq!((username.unique, username.max_length, username.docs.len()), (true, Some(32), 1));
    assert_eq!((email.optional, email.kind, email.max_length), (true, Kind::Text, None));
    assert_eq!(logins.default, Some(Default::Int(0)));
    assert_eq!((created_at.readonly, created_at.kind), (true, Kind::TimestampUtc));
    assert_eq!(created_at.default, Some(Default::Now));
}

#[test]
fn names_are_kept_as_written_and_without_the_raw_mark() {
    let user = read(&user("pub r#type: String, #[lucia(column = \"Nick\")] nick: String")).user;
    assert_eq!(
        (user.attributes[0].ident.to_string(), user.attributes[0].name.as_str()),
        ("r#type".into(), "type")
    );
    assert_eq!(user.attributes[0].column, "type");
    assert_eq!((user.attributes[1].name.as_str(), user.attributes[1].column.as_str()), ("nick", "Nick"));
}

#[test]
fn indexed_columns_have_a_length() {
    let fields = "#[lucia(unique)] pub a: String, #[lucia(index)] pub b: Vec<u8>, pub c: String, #[lucia(unique)] pub d: i32";
    let lengths: Vec<Option<u32>> =
        read(&user(fields)).user.attributes.iter().map(|a| a.max_length).collect();
    assert_eq!(lengths, [Some(255), Some(255), None, None]);
}

#[test]
fn defaults_at_the_edges_are_read() {
    for (field, expected) in [
        ("#[lucia(default = -32768)] pub x: i16", Default::Int(-32768)),
        ("#[lucia(default = 0xff)] pub x: i32", Default::Int(255)),
        ("#[lucia(default = 1_000)] pub x: i32", Default::Int(1000)),
        ("#[lucia(default = -9223372036854775808)] pub x: i64", Default::Int(i64::MIN)),
        ("#[lucia(default = 9223372036854775807)] pub x: i64", Default::Int(i64::MAX)),
        ("#[lucia(default = -1.5e3)] pub x: f32", Default::Float(-1500.0)),
        ("#[lucia(default = 2)] pub x: f64", Default::Float(2.0)),
        ("#[lucia(default = true)] pub x: bool", Default::Bool(true)),
        (
            "#[lucia(default = \"a, b = 'c'\", max_length = 11)] pub x: String",
            Default::Text("a, b = 'c'".to_owned()),
        ),
        ("#[lucia(default = now)] pub x: NaiveDateTime", Default::Now),
        ("#[lucia(default = 1)] pub x: Option<i32>", Default::Int(1)),
    ] {
        let reading = read(&user(field));
        assert!(reading.errors.is_none(), "{field}: {:?}", reading.errors);
        assert_eq!(reading.user.attributes[0].default, Some(expected), "{field}");
    }
}

#[test]
fn what_is_legal_is_let_through() {
    for source in [
        user(&wide(64)),
        user("#[cfg_attr(unix, serde(skip))] #[serde(default)] pub a: String"),
        user("pub a: (String), pub b: core::option::Option<std::vec::Vec<u8>>"),
        user("#[lucia()] pub a: String, #[lucia(unique,)] pub b: String"),
        user("#[lucia(readonly)] pub a: Option<i32>, #[lucia(column = \"table\")] pub b: i32"),
        "#[lucia(crate = crate::lucia)] struct User { id: lucia::UserId }".to_owned(),
        "#[cfg(unix)] #[cfg_attr(unix, derive(Clone))] struct User { r#id: UserId }".to_owned(),
    ] {
        let reading = read(&source);
        assert!(reading.errors.is_none(), "{source}: {:?}", reading.errors);
    }
}

#[test]
fn a_struct_with_mistakes_still_has_a_model() {
    let reading = read(
        "#[lucia(user_table = \"not legal\", session_table = \"s\")]
         pub struct User<'a> { pub role: Role, pub age: Option<u8>, #[lucia(unique, max_length = 9999)] pub name: &'a str }",
    );
    assert!(reading.errors.is_some());
    let user = reading.user;
    assert!(!user.is_valid && !user.id.known);
    assert_eq!((user.id.ident.to_string(), user.generics.params.len()), ("id".to_owned(), 1));
    assert_eq!((user.tables.user.as_str(), user.tables.session.as_str()), ("auth_user", "s"));
    let kinds: Vec<(Kind, bool, bool)> =
        user.attributes.iter().map(|a| (a.kind, a.known, a.optional)).collect();
    assert_eq!(kinds, [(Kind::Text, false, false), (Kind::Text, false, true), (Kind::Text, false, false)]);
    assert_eq!(user.attributes[2].max_length, Some(255));
    assert_eq!(user.schema().tables[0].columns.len(), 4);
}

#[test]
fn other_shapes_have_a_model_without_attributes() {
    for source in ["enum User { A }", "union User { a: u8 }", "struct User(i32);", "struct User;"] {
        let reading = read(source);
        assert!(reading.errors.is_some());
        assert!(reading.user.attributes.is_empty() && !reading.user.id.known);
        assert_eq!(reading.user.schema().tables.len(), 3);
    }
}

#[test]
fn a_field_declared_twice_is_for_rustc_to_report() {
    let reading = read("struct User { id: UserId, id: UserId, name: String, r#name: i32 }");
    assert!(reading.errors.is_none());
    assert_eq!(reading.user.attributes.len(), 1);
}
