//! The table of conversions, from one attribute's type to another's.

use lucia_schema::{Conversion, Type, conversion};

use super::schema;

fn column_type(field: &str) -> Type {
    schema(field).tables[0].columns[1].ty.clone()
}

fn between(from: &str, to: &str) -> Conversion {
    conversion(&column_type(from), &column_type(to))
}

#[test]
fn what_is_written() {
    let (fits, not) = (Conversion::IntegerToText { fits: true }, Conversion::IntegerToText { fits: false });
    for (from, to, expected) in [
        ("a: i16", "a: i32", Conversion::Widen),
        ("a: i16", "a: i64", Conversion::Widen),
        ("a: i32", "a: i64", Conversion::Widen),
        ("a: f32", "a: f64", Conversion::Widen),
        ("a: i64", "a: i32", Conversion::Narrow),
        ("a: i64", "a: i16", Conversion::Narrow),
        ("a: i32", "a: i16", Conversion::Narrow),
        ("a: f64", "a: f32", Conversion::Round),
        ("a: i64", "a: String", fits),
        ("a: i64", "#[lucia(max_length = 20)] a: String", fits),
        ("a: i64", "#[lucia(max_length = 19)] a: String", not),
        ("a: i32", "#[lucia(max_length = 11)] a: String", fits),
        ("a: i32", "#[lucia(max_length = 10)] a: String", not),
        ("a: i16", "#[lucia(max_length = 6)] a: String", fits),
        ("a: i16", "#[lucia(max_length = 5)] a: String", not),
        ("a: String", "a: i16", Conversion::TextToInteger),
        ("#[lucia(max_length = 3)] a: String", "a: i64", Conversion::TextToInteger),
        ("a: bool", "a: i32", Conversion::BoolToInteger),
        ("a: i32", "a: bool", Conversion::IntegerToBool),
        ("a: String", "#[lucia(max_length = 9)] a: String", Conversion::Narrow),
        ("#[lucia(max_length = 9)] a: String", "a: String", Conversion::Widen),
        ("#[lucia(max_length = 9)] a: Vec<u8>", "#[lucia(max_length = 8)] a: Vec<u8>", Conversion::Narrow),
        ("#[lucia(max_length = 8)] a: Vec<u8>", "#[lucia(max_length = 9)] a: Vec<u8>", Conversion::Widen),
        ("a: NaiveDateTime", "a: DateTime<Utc>", Conversion::Same),
        ("a: serde_json::Value", "a: String", Conversion::Same),
        (
            "#[lucia(sql_type = T, sqlite = \"A\")] a: T",
            "#[lucia(sql_type = T, sqlite = \"A\", mysql = \"B\")] a: T",
            Conversion::Same,
        ),
    ] {
        assert_eq!(between(from, to), expected, "{from} -> {to}");
        assert!(expected.is_written());
    }
}

#[test]
fn what_is_refused() {
    for (from, to) in [
        ("a: String", "a: bool"),
        ("a: bool", "a: String"),
        ("a: String", "a: f64"),
        ("a: f64", "a: i64"),
        ("a: i64", "a: f64"),
        ("a: String", "a: Vec<u8>"),
        ("a: NaiveDate", "a: NaiveDateTime"),
        ("a: NaiveTime", "a: String"),
        ("a: DateTime<Utc>", "a: i64"),
        ("a: Uuid", "a: Vec<u8>"),
        ("a: Uuid", "a: String"),
        ("#[lucia(sql_type = T, sqlite = \"A\")] a: T", "#[lucia(sql_type = T, sqlite = \"B\")] a: T"),
        ("#[lucia(sql_type = T, sqlite = \"TEXT\")] a: T", "a: String"),
    ] {
        assert_eq!(between(from, to), Conversion::Refused, "{from} -> {to}");
    }
    assert_eq!(conversion(&Type::Id { max_bytes: 9 }, &Type::Id { max_bytes: 10 }), Conversion::Refused);
    assert_eq!(conversion(&Type::Id { max_bytes: 9 }, &Type::Text { max_length: None }), Conversion::Refused);
}

#[test]
fn a_conversion_that_can_fail_one_way_cannot_the_other() {
    for (from, to) in [
        ("a: i16", "a: i64"),
        ("a: bool", "a: i16"),
        ("a: i32", "a: String"),
        ("#[lucia(max_length = 1)] a: String", "a: String"),
    ] {
        assert!(!between(from, to).can_fail() && between(to, from).can_fail(), "{from} -> {to}");
    }
    assert!(between("a: f64", "a: f32").loses_data() && !between("a: f32", "a: f64").loses_data());
}
