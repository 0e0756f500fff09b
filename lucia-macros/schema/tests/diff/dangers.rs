//! The danger of each change, and what is said about it.

use lucia_schema::{Change, Column, Danger, ForeignKey, Schema, Type};

use super::{dangers, diff, only, schema, user};

/// Old fields, new fields, the gravest danger of each change.
#[test]
fn every_change_has_its_danger() {
    use Danger::{BreaksRunningCode, Locks, LosesData, NeedsBackfill, Refused, Safe};
    for (old, new, expected) in [
        // Cases 3 to 8.
        ("", "a: Option<String>", &[Safe][..]),
        ("", "#[lucia(default = 0)] a: i32", &[Safe]),
        ("", "#[lucia(default = 0)] a: Option<i32>", &[Safe]),
        ("", "#[lucia(default = now)] a: DateTime<Utc>", &[Locks]),
        ("", "a: i32", &[NeedsBackfill]),
        ("", "a: Uuid", &[NeedsBackfill]),
        ("", "#[lucia(unique)] a: Option<i32>", &[Safe, Locks]),
        ("", "#[lucia(unique)] a: i32", &[NeedsBackfill, Locks]),
        // Cases 9 and 10.
        ("a: i32", "", &[LosesData]),
        ("#[lucia(unique)] a: i32", "", &[Safe, LosesData]),
        // Case 12.
        ("a: i32", "#[lucia(renamed_from = \"a\")] b: i32", &[BreaksRunningCode]),
        // Cases 18 to 26.
        ("a: i32", "a: i64", &[BreaksRunningCode]),
        ("a: i64", "a: i16", &[BreaksRunningCode]),
        ("a: String", "a: i32", &[BreaksRunningCode]),
        ("a: i32", "a: String", &[BreaksRunningCode]),
        ("a: bool", "a: i32", &[BreaksRunningCode]),
        ("a: i32", "a: bool", &[BreaksRunningCode]),
        ("a: f32", "a: f64", &[BreaksRunningCode]),
        ("a: f64", "a: f32", &[LosesData]),
        ("#[lucia(max_length = 5)] a: String", "#[lucia(max_length = 9)] a: String", &[Locks]),
        ("#[lucia(max_length = 9)] a: String", "#[lucia(max_length = 5)] a: String", &[Locks]),
        ("#[lucia(max_length = 9)] a: Vec<u8>", "a: Vec<u8>", &[Locks]),
        ("a: NaiveDate", "a: String", &[Refused]),
        (
            "#[lucia(sql_type = T, sqlite = \"A\")] a: T",
            "#[lucia(sql_type = T, sqlite = \"B\")] a: T",
            &[Refused],
        ),
        (
            "#[lucia(sql_type = T, sqlite = \"A\")] a: T",
            "#[lucia(sql_type = T, sqlite = \"A\", mysql = \"B\")] a: T",
            &[Safe],
        ),
        // Cases 28 to 31.
        ("a: Option<i32>", "a: i32", &[NeedsBackfill]),
        ("a: Option<i32>", "#[lucia(default = 0)] a: i32", &[BreaksRunningCode]),
        ("a: i32", "a: Option<i32>", &[BreaksRunningCode]),
        ("a: i32", "#[lucia(default = 0)] a: i32", &[Locks]),
        ("#[lucia(default = 0)] a: i32", "#[lucia(default = 1)] a: i32", &[Locks]),
        ("#[lucia(default = 0)] a: i32", "a: i32", &[BreaksRunningCode]),
        ("#[lucia(default = 0)] a: Option<i32>", "a: Option<i32>", &[Locks]),
        // Cases 32 to 37.
        ("a: i32", "#[lucia(unique)] a: i32", &[Locks]),
        ("#[lucia(unique)] a: i32", "a: i32", &[BreaksRunningCode]),
        ("a: i32", "#[lucia(index)] a: i32", &[Locks]),
        ("#[lucia(index)] a: i32", "a: i32", &[Safe]),
        ("#[lucia(unique)] a: String", "#[lucia(unique(nocase))] a: String", &[Safe, Locks]),
        // Several properties have the gravest danger of any.
        ("a: Option<f64>", "a: f32", &[LosesData]),
        ("a: Option<i32>", "a: NaiveDate", &[Refused]),
    ] {
        assert_eq!(dangers(old, new), expected, "{old} -> {new}");
    }
}

#[test]
fn tables_have_their_danger() {
    let (nothing, all) = (Schema { tables: Vec::new() }, schema(""));
    let gravest = |old, new| lucia_schema::diff(old, new, &[]).changes.iter().map(Change::danger).max();
    assert_eq!(gravest(&nothing, &all), Some(Danger::Safe));
    assert_eq!(gravest(&all, &nothing), Some(Danger::LosesData));
    let renamed = user("#[lucia(session_table = \"s\")] struct User { id: UserId }").schema();
    assert_eq!(gravest(&all, &renamed), Some(Danger::BreaksRunningCode));
    // Its foreign key and its indexes go by its name.
    let changes = lucia_schema::diff(&all, &renamed, &[]).changes;
    let dangers: Vec<Danger> = changes.iter().map(Change::danger).collect();
    let (breaks, safe, locks) = (Danger::BreaksRunningCode, Danger::Safe, Danger::Locks);
    assert_eq!(dangers, [breaks, safe, safe, safe, locks]);
}

#[test]
fn keys_have_their_danger() {
    let table = String::from("t");
    let key = ForeignKey {
        name: "k".into(),
        columns: vec!["a".into()],
        table: "parent".into(),
        references: vec!["id".into()],
    };
    let added = Change::AddForeignKey { table: table.clone(), key: key.clone() };
    assert!(
        added.danger() == Danger::Locks
            && added.reason().starts_with("it fails while a row refers to one of `parent`")
    );
    let dropped = Change::DropForeignKey { table: table.clone(), key };
    assert!(dropped.danger() == Danger::Locks && dropped.reason().contains("that are not there"));
    let changed = Change::ChangePrimaryKey { table, from: vec!["id".into()], to: vec!["email".into()] };
    assert!(changed.is_refused() && changed.reason().contains("keep `id`"));
}

#[test]
fn what_is_destructive_is_what_loses_values() {
    for (old, new) in [("a: i32", ""), ("a: f64", "a: f32"), ("a: Option<f64>", "a: f32")] {
        assert!(diff(old, new).changes.iter().any(Change::loses_data), "{old} -> {new}");
    }
    for (old, new) in [
        ("a: i64", "a: i16"),
        ("a: String", "#[lucia(max_length = 1)] a: String"),
        ("#[lucia(unique)] a: i32", "a: i32"),
        ("", "a: i32"),
        ("a: i32", "#[lucia(renamed_from = \"a\")] b: i32"),
    ] {
        assert!(!diff(old, new).changes.iter().any(Change::loses_data), "{old} -> {new}");
    }
}

#[test]
fn a_backfill_is_needed_where_rows_lack_a_value_whatever_else_is_dangerous() {
    for (old, new) in [("", "a: i32"), ("a: Option<i32>", "a: i32"), ("a: Option<f64>", "a: f32")] {
        assert!(diff(old, new).changes.iter().any(Change::needs_backfill), "{old} -> {new}");
    }
    for (old, new) in [
        ("", "a: Option<i32>"),
        ("", "#[lucia(default = 1)] a: i32"),
        ("a: Option<i32>", "#[lucia(default = 1)] a: i32"),
        ("a: i32", "a: Option<i32>"),
    ] {
        assert!(!diff(old, new).changes.iter().any(Change::needs_backfill), "{old} -> {new}");
    }
}

#[test]
fn uniqueness_is_dropped_where_equal_values_are_let_in() {
    let both = |unique: &str, fields: &str| {
        user(&format!("{unique} struct User {{ id: UserId, {fields} }}")).schema()
    };
    let fields = "a: i32, b: i32";
    let drops = |old: &Schema, new: &Schema| {
        lucia_schema::diff(old, new, &[]).changes.iter().any(Change::drops_uniqueness)
    };
    let plain = both("", fields);
    let alone = both("", "#[lucia(unique)] a: i32, b: i32");
    let together = both("#[lucia(unique(a, b))]", fields);
    // Cases 33 and 34.
    assert!(drops(&alone, &plain) && drops(&together, &plain) && drops(&alone, &together));
    // Who is unique alone is unique with anything.
    assert!(!drops(&together, &alone));
    // A column that goes leaves nobody who could be looked up by it.
    assert!(!drops(&alone, &both("", "b: i32")) && !drops(&together, &both("", "a: i32")));
    assert!(!drops(&both("", "#[lucia(index)] a: i32, b: i32"), &plain));
    let (exact, nocase) =
        (both("", "#[lucia(unique)] a: String"), both("", "#[lucia(unique(nocase))] a: String"));
    assert!(!drops(&exact, &nocase) && drops(&nocase, &exact));
    // A renamed one stays unique.
    let renamed = "#[lucia(unique, renamed_from = \"a\")] c: i32";
    assert!(!diff("#[lucia(unique)] a: i32", renamed).changes.iter().any(Change::drops_uniqueness));
}

#[test]
fn not_null_without_a_value_is_answered_with_all_three_ways() {
    assert_eq!(
        only("", "phone: String").reason(),
        "rows that are there have no value for it; give it one that lasts, `#[lucia(default = \"\")]`, or one for these rows \
         only, `--backfill auth_user.phone=SQL`, or make it an `Option`; programs of the version before can add no rows, \
         since they give no value for it"
    );
    // A date has no default, and unique values none that all could have.
    let date = only("", "born: NaiveDate").reason();
    assert!(
        date.contains("give them one, `--backfill auth_user.born=SQL`, or make it an `Option`"),
        "{date}"
    );
    let unique = diff("", "#[lucia(unique)] phone: String").changes[0].reason();
    assert!(unique.contains("give each of them its own, `--backfill auth_user.phone=SQL`"), "{unique}");
    let null = only("nick: Option<String>", "nick: String").reason();
    assert!(null.starts_with("rows that hold null need a value; give it one that lasts"), "{null}");
    let unique = only("#[lucia(unique)] nick: Option<String>", "#[lucia(unique)] nick: String").reason();
    assert!(unique.contains("give each of them its own"), "{unique}");
}

/// The defaults that are told to write are such as the field takes.
#[test]
fn a_default_that_is_proposed_is_legal() {
    for ty in ["String", "bool", "i16", "i32", "i64", "f32", "f64", "DateTime<Utc>", "NaiveDateTime"] {
        let reason = only("", &format!("a: {ty}")).reason();
        let attribute =
            reason.split('`').find(|part| part.starts_with("#[lucia(default")).unwrap().to_owned();
        assert_eq!(dangers("", &format!("{attribute} a: {ty}")).len(), 1);
    }
}

#[test]
fn reasons_name_the_values_on_which_a_migration_fails() {
    for (old, new, part) in [
        ("a: i64", "a: i16", "it fails on a value that is no 16-bit number"),
        (
            "a: i64",
            "#[lucia(max_length = 2)] a: String",
            "it fails on a value that is no text of at most 2 characters",
        ),
        ("a: String", "a: i64", "it fails on a text that is no 64-bit number as a database writes it"),
        ("a: i16", "a: bool", "it fails on a number other than 0 and 1"),
        ("a: String", "#[lucia(max_length = 9)] a: String", "it fails on a longer value"),
        ("a: i32", "#[lucia(unique)] a: i32", "it fails while two rows are equal in `a`"),
        ("a: NaiveDate", "a: i64", "there is no conversion of date to 64-bit number"),
        ("a: bool", "a: i64", "every value fits; every database writes the table anew"),
    ] {
        let reasons: Vec<String> = diff(old, new).changes.iter().map(Change::reason).collect();
        assert!(reasons.iter().any(|reason| reason.contains(part)), "{old} -> {new}: {reasons:?}");
    }
}

#[test]
fn dangers_are_told_to_machines_and_people() {
    let names = Danger::ALL.map(Danger::name);
    assert_eq!(names, ["safe", "locks", "breaks_running_code", "needs_backfill", "loses_data", "refused"]);
    let words = Danger::ALL.map(|danger| danger.to_string());
    assert_eq!(words, ["safe", "locks", "breaks running code", "needs a backfill", "loses data", "refused"]);
    assert!(Danger::ALL.is_sorted());
}

#[test]
fn the_gravest_reason_comes_first() {
    let column = |ty, nullable| Column { name: "a".into(), ty, nullable, default: None };
    let change = Change::AlterColumn {
        table: "t".into(),
        old: column(Type::I32, true),
        new: column(Type::I64, false),
        unique: false,
    };
    assert!(change.reason().starts_with("rows that hold null need a value"));
    assert_eq!(change.danger(), Danger::NeedsBackfill);
    assert_eq!(change.effects().len(), 4);
}
