//! Every rule with a struct that breaks it: exactly one error, on the right tokens, with its text in `rules.txt`.
//!
//! `LUCIA_GOLDEN=write` writes that file; read it aloud before committing it.
#![cfg(feature = "syn")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests count as production code")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use lucia_schema::{
    ATTRIBUTES, AttributeReading, AttributeShape, AttributeSpec, Default, Dialect, Kind, NO_ATTRIBUTES,
    Position, Reading, Rule, TableNames,
};

fn read(source: &str) -> Reading {
    lucia_schema::read(&syn::parse_str(source).unwrap_or_else(|error| panic!("{error}: {source}")))
}

fn read_attribute(source: &str) -> AttributeReading {
    lucia_schema::read_attribute(&syn::parse_str(source).unwrap_or_else(|error| panic!("{error}: {source}")))
}

fn user(fields: &str) -> String {
    format!("pub struct User {{ pub id: UserId, {fields} }}")
}

/// The rule, the marked text and the message of each mistake.
fn mistakes(source: &str) -> Vec<(Rule, String, String)> {
    let (errors, rules) = if let Some(attribute) = source.strip_prefix("@ ") {
        let reading = read_attribute(attribute);
        (reading.errors, reading.rules)
    } else {
        let reading = read(source);
        (reading.errors, reading.rules)
    };
    let errors: Vec<syn::Error> = errors.into_iter().flatten().collect();
    assert_eq!(errors.len(), rules.len());
    let told = |error: syn::Error| (error.span().source_text().unwrap_or_default(), error.to_string());
    let told = errors.into_iter().map(told);
    rules.into_iter().zip(told).map(|(rule, (marked, message))| (rule, marked, message)).collect()
}

fn wide(count: usize) -> String {
    (1..count).fold(String::new(), |mut fields, n| {
        write!(fields, "pub f{n}: bool, ").unwrap();
        fields
    })
}

/// How a rule is broken, and a struct that breaks it; after `> ` only the fields beside `id`, after `@ ` what derives
/// `LuciaAttribute`.
const CASES: &[(&str, &str)] = &[
    ("enum", "pub enum User { A }"),
    ("union", "pub union User { a: u8 }"),
    ("tuple struct", "pub struct User(UserId);"),
    ("unit struct", "pub struct User;"),
    ("type parameter", "pub struct User<T> { pub id: UserId, pub data: T }"),
    ("lifetime", "pub struct User<'a> { pub id: UserId, pub name: &'a str }"),
    ("where clause", "pub struct User where String: Clone { pub id: UserId }"),
    ("no id", "pub struct User { pub name: String }"),
    ("nothing", "pub struct User {}"),
    ("id of another type", "pub struct User { pub id: String }"),
    ("optional id", "pub struct User { pub id: Option<UserId> }"),
    ("attribute on id", "pub struct User { #[lucia(unique)] pub id: UserId }"),
    ("cfg", "> #[cfg(feature = \"mail\")] pub email: String"),
    ("cfg_attr with lucia", "> #[cfg_attr(unix, serde(skip), lucia(unique))] pub email: String"),
    ("cfg_attr on struct", "#[cfg_attr(unix, lucia(user_table = \"u\"))] struct User { id: UserId }"),
    ("no list", "> #[lucia] pub name: String"),
    ("value for lucia", "> #[lucia = \"unique\"] pub name: String"),
    ("no name", "> #[lucia(\"unique\")] pub name: String"),
    ("unknown, suggestion", "> #[lucia(uniqe)] pub name: String"),
    ("unknown, no suggestion", "> #[lucia(encrypted)] pub name: String"),
    ("called so elsewhere", "> #[lucia(name = \"nick\")] pub name: String"),
    ("called so elsewhere, on a struct", "#[lucia(table_name = \"member\")] struct User { id: UserId }"),
    ("a word of an attribute", "> #[lucia(nocase)] pub name: String"),
    ("no such attribute", "> #[lucia(nullable)] pub name: String"),
    ("no such attribute on a struct", "#[lucia(primary_key(name))] struct User { id: UserId, name: String }"),
    ("no such attribute on an enum", "@ #[lucia(rename_all = \"snake_case\")] pub enum Role { Admin }"),
    ("unknown on struct", "#[lucia(users_table = \"u\")] struct User { id: UserId }"),
    ("field attribute on struct", "#[lucia(index)] struct User { id: UserId }"),
    ("struct attribute on field", "> #[lucia(user_table = \"u\")] pub name: String"),
    ("duplicate", "> #[lucia(unique, unique)] pub name: String"),
    (
        "syntax: duplicate in two lists",
        "> #[lucia(max_length = 3)] #[lucia(max_length = 4)] pub name: String",
    ),
    ("flag with value", "> #[lucia(unique = true)] pub name: String"),
    ("flag with list", "> #[lucia(index(nocase))] pub name: String"),
    ("another word", "> #[lucia(unique(case))] pub name: String"),
    ("struct list without names", "#[lucia(unique)] struct User { id: UserId, name: String }"),
    ("struct list of texts", "#[lucia(unique(\"a\", \"b\"))] struct User { id: UserId, a: i32, b: i32 }"),
    ("stored as a text", "> #[lucia(stored_as = \"String\")] pub role: Role"),
    ("column type without sql_type", "> #[lucia(postgres = \"TEXT\")] pub name: String"),
    ("text without quotes", "> #[lucia(column = nick)] pub name: String"),
    ("no value", "> #[lucia(max_length)] pub name: String"),
    ("nothing after =", "> #[lucia(max_length =)] pub name: String"),
    ("length in quotes", "> #[lucia(max_length = \"32\")] pub name: String"),
    ("negative length", "> #[lucia(max_length = -1)] pub name: String"),
    ("default of an expression", "> #[lucia(default = 1 + 1)] pub n: i32"),
    ("default of a path", "> #[lucia(default = String::new())] pub name: String"),
    ("default of a function for a timestamp", "> #[lucia(default = Utc::now())] pub at: DateTime<Utc>"),
    ("default without a value", "> #[lucia(default)] pub admin: bool"),
    ("default in parentheses", "> #[lucia(default(0))] pub n: f64"),
    ("no default", "> #[lucia(default = None)] pub n: Option<i32>"),
    ("read-only with bad default", "> #[lucia(readonly, default = today)] pub at: DateTime<Utc>"),
    ("crate in quotes", "#[lucia(crate = \"my::lucia\")] struct User { id: UserId }"),
    ("crate not a path", "#[lucia(crate = 3)] struct User { id: UserId }"),
    ("crate without root", "#[lucia(crate = my::lucia)] struct User { id: UserId }"),
    ("crate from self", "#[lucia(crate = self::lucia)] struct User { id: UserId }"),
    ("unknown type", "> pub role: Role"),
    ("unknown optional type", "> pub role: Option<Role>"),
    ("list", "> pub tags: Vec<i64>"),
    ("map", "> pub tags: HashMap<String, String>"),
    ("stored as an unknown type", "> #[lucia(stored_as = Role)] pub role: Role"),
    ("stored as an option", "> #[lucia(stored_as = Option<String>)] pub role: Option<Role>"),
    ("no column type", "> #[lucia(sql_type = Numeric)] pub balance: BigDecimal"),
    ("two statements", "> #[lucia(sql_type = Text, postgres = \"TEXT; DROP TABLE a\")] pub a: A"),
    ("empty column type", "> #[lucia(sql_type = Text, mysql = \"\")] pub a: A"),
    ("nullable", "> #[lucia(sql_type = Nullable<Text>, sqlite = \"TEXT\")] pub a: A"),
    (
        "nullable option",
        "> #[lucia(sql_type = Nullable<Array<Text>>, postgres = \"TEXT[]\")] pub a: Option<Vec<String>>",
    ),
    (
        "no common database",
        "> #[lucia(sql_type = Inet, postgres = \"INET\")] pub a: Ip, #[lucia(sql_type = T, mysql = \"T\")] pub b: B",
    ),
    ("unsigned", "> pub age: u32"),
    ("small unsigned", "> pub age: Option<u8>"),
    ("str", "> pub name: &'static str"),
    ("slice", "> pub data: &'static [u8]"),
    ("array", "> pub data: [u8; 16]"),
    ("array of another type", "> pub data: [i32; 4]"),
    ("vec of another type", "> pub tags: Vec<String>"),
    ("zone", "> pub at: DateTime<Local>"),
    ("no zone", "> pub at: chrono::DateTime"),
    ("tuple", "> pub pair: (i32, i32)"),
    ("arguments", "> pub name: String<u8>"),
    ("boxed text", "> pub name: Option<Box<str>>"),
    ("shared bytes", "> pub data: std::sync::Arc<[u8]>"),
    ("boxed number", "> pub level: Box<u32>"),
    ("duration", "> pub quota: std::time::Duration"),
    ("address", "> pub seen_from: IpAddr"),
    ("nothing to store", "> pub marker: PhantomData<String>"),
    ("function", "> pub on_change: fn()"),
    ("user id", "> pub friend: UserId"),
    ("nested option", "> pub name: Option<Option<String>>"),
    ("option of nothing", "> pub name: Option"),
    ("column", "> #[lucia(column = \"nick-name\")] pub name: String"),
    ("empty column", "> #[lucia(column = \"\")] pub name: String"),
    ("column not ASCII", "> pub größe: i32"),
    ("column of PostgreSQL", "> #[lucia(column = \"ctid\")] pub name: String"),
    ("column of migrations", "> #[lucia(column = \"__new_a\")] pub name: String"),
    ("same column", "> pub mail: String, #[lucia(column = \"Mail\")] pub other: String"),
    ("column id", "> #[lucia(column = \"ID\")] pub other: String"),
    ("table", "#[lucia(user_table = \"my users\")] struct User { id: UserId }"),
    ("table of SQLite", "#[lucia(key_table = \"sqlite_key\")] struct User { id: UserId }"),
    ("table of Rust", "#[lucia(key_table = \"crate\")] struct User { id: UserId }"),
    ("same table", "#[lucia(session_table = \"Auth_User\")] struct User { id: UserId }"),
    ("same table, earlier given", "#[lucia(user_table = \"auth_key\")] struct User { id: UserId }"),
    ("item of Diesel", "> pub table: String"),
    ("item of Diesel, optional", "> pub columns: Option<i32>"),
    ("underscores", "> pub __secret: String"),
    ("folder from the root", "#[lucia(migrations = \"/srv/migrations\")] struct User { id: UserId }"),
    ("folder of Windows", "#[lucia(migrations = \"db\\\\migrations\")] struct User { id: UserId }"),
    ("no folder", "#[lucia(migrations = \"\")] struct User { id: UserId }"),
    ("field is table", "> pub auth_user: String"),
    ("column from itself", "> #[lucia(renamed_from = \"name\")] pub name: String"),
    ("given column from itself", "> #[lucia(column = \"nick\", renamed_from = \"nick\")] pub name: String"),
    ("table from itself", "#[lucia(renamed_from = \"auth_user\")] struct User { id: UserId }"),
    ("no column", "> #[lucia(renamed_from = \"auth_user.mail\")] pub email: String"),
    ("empty", "> #[lucia(renamed_from = \"\")] pub email: String"),
    ("no table", "#[lucia(renamed_from = \"my users\")] struct User { id: UserId }"),
    ("id", "> #[lucia(renamed_from = \"ID\")] pub email: String"),
    (
        "two from one",
        "> #[lucia(renamed_from = \"a\")] pub b: i32, #[lucia(renamed_from = \"a\")] pub r#type: i32",
    ),
    ("swap", "> #[lucia(renamed_from = \"b\")] pub a: i32, #[lucia(renamed_from = \"a\")] pub b: i32"),
    (
        "circle of three",
        "> #[lucia(renamed_from = \"b\")] a: i32, #[lucia(renamed_from = \"c\")] b: i32, \
         #[lucia(renamed_from = \"a\")] c: i32, #[lucia(renamed_from = \"d\")] e: i32",
    ),
    ("rename without a text", "> #[lucia(renamed_from = mail)] pub email: String"),
    ("on a number", "> #[lucia(max_length = 3)] pub n: i32"),
    ("zero", "> #[lucia(max_length = 0)] pub name: String"),
    ("too large", "> #[lucia(max_length = 65536)] pub name: String"),
    ("far too large", "> #[lucia(max_length = 99999999999999999999)] pub name: String"),
    ("unique text", "> #[lucia(unique, max_length = 673)] pub name: String"),
    ("indexed bytes", "> #[lucia(index, max_length = 2689)] pub data: Vec<u8>"),
    ("text for a number", "> #[lucia(default = \"0\")] pub n: i32"),
    ("number for text", "> #[lucia(default = 0)] pub name: String"),
    ("number for bool", "> #[lucia(default = 0)] pub admin: bool"),
    ("text for a float", "> #[lucia(default = \"1\")] pub x: f64"),
    ("float for a number", "> #[lucia(default = 0.5)] pub n: i64"),
    ("suffix", "> #[lucia(default = 0i32)] pub n: i32"),
    ("i16 out of range", "> #[lucia(default = 32768)] pub n: i16"),
    ("i32 out of range", "> #[lucia(default = -2147483649)] pub n: i32"),
    ("i64 out of range", "> #[lucia(default = 9223372036854775808)] pub n: i64"),
    ("f32 out of range", "> #[lucia(default = 1e39)] pub x: f32"),
    ("f64 out of range", "> #[lucia(default = 1e309)] pub x: f64"),
    ("too long", "> #[lucia(max_length = 3, default = \"äöüß\")] pub name: String"),
    ("control character", "> #[lucia(default = \"a\\0\")] pub name: String"),
    ("now for a date", "> #[lucia(default = now)] pub born: NaiveDate"),
    ("now for a number", "> #[lucia(default = now)] pub at: i64"),
    ("literal for a timestamp", "> #[lucia(default = \"2024-01-01\")] pub at: DateTime<Utc>"),
    ("literal for a date", "> #[lucia(default = \"2024-01-01\")] pub born: NaiveDate"),
    ("literal for bytes", "> #[lucia(default = \"\")] pub data: Vec<u8>"),
    ("default and sql_type", "> #[lucia(sql_type = Text, sqlite = \"TEXT\", default = \"a\")] pub a: A"),
    ("max_length and sql_type", "> #[lucia(max_length = 3, sql_type = Text, sqlite = \"TEXT\")] pub a: A"),
    ("unique and sql_type", "> #[lucia(sql_type = Text, sqlite = \"TEXT\", unique)] pub a: A"),
    ("stored_as and sql_type", "> #[lucia(sql_type = Text, sqlite = \"TEXT\", stored_as = String)] pub a: A"),
    ("unique JSON", "> #[lucia(unique, stored_as = Json)] pub a: A"),
    ("indexed JSON", "> #[lucia(index)] pub a: serde_json::Value"),
    ("JSON together", "#[lucia(unique(a, b))] struct User { id: UserId, a: Value, b: i32 }"),
    ("nocase number", "> #[lucia(unique(nocase))] pub n: i64"),
    ("float together", "#[lucia(unique(a, b))] struct User { id: UserId, a: f64, b: i32 }"),
    ("literal for a UUID", "> #[lucia(default = \"0\")] pub a: Uuid"),
    ("literal for JSON", "> #[lucia(default = \"{}\", stored_as = Json)] pub a: Settings"),
    ("unknown field", "#[lucia(unique(tenant, nmae))] struct User { id: UserId, tenant: i64, name: String }"),
    ("unknown field, no suggestion", "#[lucia(unique(a, b))] struct User { id: UserId, a: i64 }"),
    ("id", "#[lucia(unique(id, a))] struct User { id: UserId, a: i64 }"),
    ("one field", "#[lucia(unique(a))] struct User { id: UserId, a: i64 }"),
    ("twice", "#[lucia(unique(a, a, b))] struct User { id: UserId, a: i64, b: i64 }"),
    ("again", "#[lucia(unique(a, b), unique(b, a))] struct User { id: UserId, a: i64, b: i64 }"),
    (
        "native together",
        "#[lucia(unique(a, b))] struct User { id: UserId, #[lucia(sql_type = T, sqlite = \"T\")] a: A, b: i64 }",
    ),
    (
        "too long together",
        "#[lucia(unique(a, b, c))] struct User { id: UserId, a: String, b: String, c: String }",
    ),
    ("union", "@ pub union Role { a: u8 }"),
    ("unit struct", "@ pub struct Role;"),
    ("struct of two", "@ pub struct Money(i64, String);"),
    ("struct of none", "@ pub struct Money {}"),
    ("type parameter", "@ pub struct Email<T>(T);"),
    ("lifetime", "@ pub enum Role<'a> { Member }"),
    ("no variants", "@ pub enum Role {}"),
    ("variant with fields", "@ pub enum Role { Member, Other(String) }"),
    ("newtype of an unknown type", "@ pub struct Team(Vec<String>);"),
    ("newtype of an option", "@ pub struct Team(Option<String>);"),
    ("same text", "@ pub enum Role { Admin, #[lucia(rename = \"admin\")] Root }"),
    ("empty text", "@ pub enum Role { #[lucia(rename = \"\")] Admin }"),
    ("control character in a text", "@ pub enum Role { #[lucia(rename = \"a\\n\")] Admin }"),
    ("variant attribute unknown", "@ pub enum Role { #[lucia(renamed = \"a\")] Admin }"),
    ("variant attribute on a field", "> #[lucia(rename = \"a\")] pub role: String"),
    ("attribute type with a table", "@ #[lucia(user_table = \"a\")] pub enum Role { Admin }"),
    ("attribute type with a text", "@ #[lucia(crate = \"lucia\")] pub enum Role { Admin }"),
    ("index and unique", "> #[lucia(unique, index)] pub name: String"),
    ("default and unique", "> #[lucia(unique, default = \"a\")] pub name: String"),
    ("unique float", "> #[lucia(unique)] pub score: f64"),
    ("read-only without a value", "> #[lucia(readonly)] pub r#type: String"),
];

fn cases() -> Vec<(&'static str, String)> {
    let mut cases: Vec<(&str, String)> = CASES
        .iter()
        .map(|&(name, source)| (name, source.strip_prefix("> ").map_or_else(|| source.to_owned(), user)))
        .collect();
    cases.push(("too many fields", user(&wide(65))));
    let keyed =
        wide(25).replace("pub f", "#[lucia(unique, max_length = 672)] pub f").replace("bool", "String");
    cases.push(("row", user(&keyed)));
    cases
}

/// Rules about which tokens say nothing.
const RUSTC_JUDGES: [Rule; 7] = [
    Rule::IdOfAnotherCrate,
    Rule::SpelledOtherwise,
    Rule::NotStoredAs,
    Rule::NotJson,
    Rule::NotNative,
    Rule::DefaultNoVariant,
    // The derive looks whether there is a file.
    Rule::NoLock,
];

#[test]
fn every_rule_tells_one_mistake_on_its_tokens() {
    let mut text = String::new();
    let mut seen = std::collections::HashSet::new();
    for (name, source) in cases() {
        let found = mistakes(&source);
        assert_eq!(found.len(), 1, "{name}: {found:#?}");
        let (rule, marked, message) = &found[0];
        seen.insert(*rule);
        assert!(!marked.is_empty() && !marked.contains("struct "), "{name} marks {marked:?}");
        assert!(!message.starts_with(char::is_uppercase), "{name}: {message}");
        assert!(!message.ends_with('.'), "{name}: {message}");
        assert!(message.contains('`'), "{name}: {message}");
        writeln!(text, "{}: {name}\n  on `{marked}`\n  {}\n", rule.name(), message.replace('\n', "\n  "))
            .unwrap();
    }
    // The others are for rustc to judge.
    let judged = |rule: &Rule| rule.name().starts_with("access/") || RUSTC_JUDGES.contains(rule);
    for rule in Rule::ALL {
        assert_eq!(seen.contains(rule), !judged(rule), "{}", rule.name());
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
        let (_, _, message) = mistakes(&source).remove(0);
        let Some(advice) = message.trim_end_matches(['`', '?']).rsplit('`').next() else { continue };
        let advice = match advice {
            _ if source.starts_with("@ ") => continue,
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
    let marked: Vec<&str> = found.iter().map(|(_, marked, _)| marked.as_str()).collect();
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

/// A struct or an enum with the example of an attribute in it.
fn example_source(spec: &AttributeSpec) -> String {
    match spec.position {
        Position::Struct | Position::Type => spec.example(),
        Position::Field => user(&spec.example()),
        Position::Variant => format!("enum Role {{ Member, {} }}", spec.example()),
    }
}

/// What is read of a source, and whether anything is wrong with it.
fn debug_of(spec: &AttributeSpec, source: &str) -> (bool, String) {
    match spec.position {
        Position::Struct | Position::Field => {
            let reading = read(source);
            (reading.errors.is_some(), format!("{:?}", reading.user))
        }
        Position::Type | Position::Variant => {
            let reading = read_attribute(source);
            (reading.errors.is_some(), format!("{:?}", reading.item))
        }
    }
}

#[test]
fn every_example_of_the_table_is_read() {
    for spec in ATTRIBUTES {
        let source = example_source(spec);
        let (is_wrong, read) = debug_of(spec, &source);
        assert!(!is_wrong, "{source}");
        // It is not only let through, it also means something.
        let told = source.replace("crate = ::lucia", "crate = ::another::lucia");
        let without = source.replace(&spec.written(), "");
        let (_, told) = debug_of(spec, &told);
        assert_ne!(told, debug_of(spec, &without).1, "{source}: {read}");
        assert!(spec.meaning.ends_with('.') && spec.written().contains(spec.name));
    }
}

#[test]
fn every_attribute_is_in_the_table_once_for_each_place() {
    let mut names: Vec<(&str, Position)> = ATTRIBUTES.iter().map(|spec| (spec.name, spec.position)).collect();
    names.dedup();
    let distinct: std::collections::HashSet<_> = names.iter().collect();
    assert_eq!(distinct.len(), ATTRIBUTES.len());
}

#[test]
fn what_an_attribute_is_called_elsewhere_leads_to_one_that_is_called_otherwise() {
    let mut seen = std::collections::HashSet::new();
    let also = ATTRIBUTES.iter().flat_map(|spec| spec.also_called.iter().map(|name| (*name, spec.position)));
    let none = NO_ATTRIBUTES.iter().flat_map(|row| row.names.iter().map(|name| (*name, row.position)));
    for (name, position) in also.chain(none) {
        assert!(seen.insert((name, position)), "{name} leads to two");
        assert_eq!(AttributeSpec::named(name).next(), None, "{name} is an attribute");
    }
    for spec in ATTRIBUTES {
        for name in spec.also_called {
            let source = example_source(&AttributeSpec { syntax: name, ..*spec });
            let told = match spec.position {
                Position::Struct | Position::Field => mistakes(&source),
                Position::Type | Position::Variant => mistakes(&format!("@ {source}")),
            };
            let suggestion = format!("did you mean `{}`?", spec.name);
            assert!(told.iter().any(|(_, _, message)| message.ends_with(&suggestion)), "{source}: {told:?}");
        }
    }
}

#[test]
fn what_excludes_or_needs_another_attribute_names_one_of_the_same_place() {
    for spec in ATTRIBUTES {
        for other in spec.conflicts.iter().map(|conflict| conflict.with).chain(spec.needs) {
            assert!(AttributeSpec::find(other, spec.position).is_some(), "{}: {other}", spec.name);
        }
    }
}

/// That a lifetime is missing rustc says at the field, and would say again of all that is made from it.
#[test]
fn what_is_made_from_a_reference_without_a_lifetime_has_one() {
    for (field, expected) in [
        ("pub name: &str", "&'static str"),
        ("pub name: Option<&str>", "Option<&'static str>"),
        ("pub names: Vec<(&str, &'static [u8])>", "Vec<(&'static str, &'static [u8])>"),
        ("pub name: &&mut String", "&'static &'static mut String"),
    ] {
        let reading = read(&user(field));
        assert!(reading.errors.is_some(), "{field}");
        assert_eq!(lucia_schema::spelled(&reading.user.attributes[0].ty), expected);
    }
}

#[test]
fn enums_and_newtypes_are_read() {
    let texts = |source: &str| match read_attribute(source).item.shape {
        AttributeShape::Enum(variants) => variants.into_iter().map(|(_, text)| text).collect::<Vec<_>>(),
        AttributeShape::Newtype { .. } | _ => panic!("{source}"),
    };
    let source =
        "enum Role { Member, SuperUser, HTTPServer, #[lucia(rename = \"root\")] Admin, r#Type, A1B }";
    assert_eq!(texts(source), ["member", "super_user", "http_server", "root", "type", "a1_b"]);
    for (source, expected) in [
        ("struct Email(String);", Kind::Text),
        ("pub struct Level { pub value: i16 }", Kind::I16),
        ("struct Since(chrono::DateTime<Utc>);", Kind::TimestampUtc),
        ("struct Tag(uuid::Uuid);", Kind::Uuid),
    ] {
        let reading = read_attribute(source);
        assert!(reading.errors.is_none() && reading.item.is_valid, "{source}");
        let AttributeShape::Newtype { kind, .. } = reading.item.shape else { panic!("{source}") };
        assert_eq!(kind, expected, "{source}");
    }
}

#[test]
fn an_app_has_the_databases_that_every_attribute_has_a_column_on() {
    let databases = |fields: &str| read(&user(fields)).user.databases();
    assert_eq!(databases("pub name: String"), Dialect::ALL);
    let both = "#[lucia(sql_type = T, sqlite = \"T\", postgres = \"T\")] pub a: A, pub b: i32";
    assert_eq!(databases(both), [Dialect::Sqlite, Dialect::Postgres]);
    let one = format!("{both}, #[lucia(sql_type = T, mysql = \"T\", postgres = \"T\")] pub c: C");
    assert_eq!(databases(&one), [Dialect::Postgres]);
    let schema = read(&user(&one)).user.schema();
    assert_eq!(schema.missing_type(Dialect::Postgres), None);
    assert_eq!(schema.missing_type(Dialect::Sqlite).map(|(_, column)| column.name.as_str()), Some("c"));
    assert_eq!(schema.missing_type(Dialect::Mysql).map(|(_, column)| column.name.as_str()), Some("a"));
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
fn what_columns_and_the_table_were_called_is_read() {
    let read = read(
        "#[lucia(user_table = \"member\", renamed_from = \"auth_user\")] struct User { id: UserId,
            #[lucia(renamed_from = \"mail\")] email: String,
            #[lucia(renamed_from = \"Nick\", column = \"nick\")] name: String,
            #[lucia(renamed_from = \"email\")] first_email: String,
            #[lucia(renamed_from = \"a\", unique)] b: String,
            a: String }",
    );
    assert!(read.errors.is_none(), "{:?}", read.errors);
    let renames: Vec<String> = read.user.renames.iter().map(ToString::to_string).collect();
    assert_eq!(renames, ["member.mail=email", "member.Nick=nick", "member.email=first_email", "member.a=b"]);
    assert_eq!(read.user.renamed_table.as_deref(), Some("auth_user"));
    let before = "#[lucia(user_table = \"member\")] struct User { id: UserId, email: String,
        #[lucia(column = \"nick\")] name: String, first_email: String, #[lucia(unique)] b: String, a: String }";
    assert_eq!(read.user.schema().fingerprint(), self::read(before).user.schema().fingerprint());
}

#[test]
fn a_mistaken_rename_is_none() {
    let renames = |fields: &str| read(&user(fields)).user.renames.len();
    assert_eq!(renames("#[lucia(renamed_from = \"a\")] a: i32"), 0);
    assert_eq!(renames("#[lucia(renamed_from = \"c\")] a: i32, #[lucia(renamed_from = \"c\")] b: i32"), 1);
    assert_eq!(read("#[lucia(renamed_from = \"\")] struct User { id: UserId }").user.renamed_table, None);
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
