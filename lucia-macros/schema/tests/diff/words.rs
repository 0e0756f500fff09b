//! Each operation in plain words.

use lucia_schema::{Column, ForeignKey, Schema, Table, Type};

use super::{diff, diff_by, only, schema, told, user};

/// Old fields, new fields, and what is told.
const TOLD: &[(&str, &str, &[&str])] = &[
    ("", "", &[]),
    ("", "a: Option<String>", &["column `a` (text, may be null) is new in `auth_user`"]),
    ("a: Option<String>", "", &["column `a` (text, may be null) is gone from `auth_user`"]),
    (
        "n: i32",
        "#[lucia(default = 1)] n: Option<i64>",
        &[
            "column `n` of `auth_user` was 32-bit number and is 64-bit number, and it may now be null, and it has the default `1` now",
        ],
    ),
    ("n: i32", "n: i64", &["column `n` of `auth_user` was 32-bit number and is 64-bit number"]),
    ("n: i32", "n: Option<i32>", &["column `n` of `auth_user` may now be null"]),
    ("n: Option<i32>", "n: i32", &["column `n` of `auth_user` must not be null any more"]),
    (
        "#[lucia(default = 1)] n: i32",
        "#[lucia(default = 2)] n: i32",
        &["column `n` of `auth_user` had the default `1` and has `2`"],
    ),
    (
        "#[lucia(default = \"a\")] n: String",
        "n: String",
        &["column `n` of `auth_user` has no default any more, which was `\"a\"`"],
    ),
    ("#[lucia(index)] n: i32", "n: i32", &["`n` of `auth_user` has no index any more"]),
    ("n: i32", "#[lucia(index)] n: i32", &["`n` of `auth_user` has an index now"]),
    (
        "#[lucia(index)] n: i32",
        "#[lucia(unique)] n: i32",
        &["`n` of `auth_user` has no index any more", "`n` of `auth_user` must now be unique"],
    ),
    ("#[lucia(unique)] n: i32", "n: i32", &["`n` of `auth_user` need no longer be unique"]),
    (
        "#[lucia(unique)] n: String",
        "#[lucia(unique(nocase))] n: String",
        &[
            "unique index `auth_user_n_key` on `n` is gone from `auth_user`",
            "`n` of `auth_user` must now be unique whatever the case",
        ],
    ),
    (
        "#[lucia(unique(nocase))] n: String",
        "#[lucia(unique)] n: String",
        &[
            "`n` of `auth_user` need no longer be unique whatever the case",
            "`n` of `auth_user` must now be unique",
        ],
    ),
    (
        "a: String, #[lucia(unique)] b: i32",
        "a: String",
        &[
            "unique index `auth_user_b_key` on `b` is gone from `auth_user`",
            "column `b` (32-bit number, not null) is gone from `auth_user`",
        ],
    ),
    (
        "a: String",
        "a: String, #[lucia(sql_type = Inet, postgres = \"INET\")] ip: Option<Ip>",
        &["column `ip` (`INET` on postgres, may be null) is new in `auth_user`"],
    ),
];

#[test]
fn changes_are_told_in_plain_words() {
    for (old, new, expected) in TOLD {
        assert_eq!(told(&diff(old, new)), *expected, "{old} -> {new}");
    }
}

#[test]
fn what_only_rust_sees_is_no_change() {
    // Cases 17, 57 and 58: the name of a field, order, docs, visibility, a newtype.
    for (old, new) in [
        ("mail: String", "#[lucia(column = \"mail\")] email: String"),
        (
            "a: i32, #[lucia(index)] b: String",
            "#[lucia(index)] pub b: String, /** Docs. */ #[serde(skip)] pub(crate) a: i32",
        ),
        ("#[lucia(max_length = 9)] a: String", "#[lucia(max_length = 9, stored_as = String)] a: Email"),
        ("a: NaiveDateTime", "#[lucia(stored_as = DateTime<Utc>)] a: Since"),
        ("a: i64", "#[lucia(column = \"a\", stored_as = i64)] pub b: Level"),
        ("a: Option<i64>", "#[lucia(readonly)] a: Option<i64>"),
        ("a: i64", "#[lucia(renamed_from = \"b\")] a: i64"),
    ] {
        assert_eq!(told(&diff(old, new)), [""; 0], "{old} -> {new}");
        assert_eq!(schema(old).fingerprint(), schema(new).fingerprint(), "{old} -> {new}");
    }
}

#[test]
fn unique_together_is_told_by_all_its_columns() {
    let alone = user("struct User { id: UserId, #[lucia(unique)] a: i32, b: i32 }").schema();
    let both = user("#[lucia(unique(a, b))] struct User { id: UserId, a: i32, b: i32 }").schema();
    assert_eq!(
        told(&lucia_schema::diff(&alone, &both, &[])),
        [
            "`a` of `auth_user` need no longer be unique",
            "`a`, `b` of `auth_user` must now be unique together"
        ]
    );
}

#[test]
fn a_renamed_column_takes_its_indexes_with_it() {
    let new = "#[lucia(renamed_from = \"mail\", unique)] email: String";
    assert_eq!(
        told(&diff("#[lucia(unique)] mail: String", new)),
        [
            "column `mail` of `auth_user` is now called `email`",
            "index `auth_user_mail_key` of `auth_user` is now called `auth_user_email_key`"
        ]
    );
}

#[test]
fn a_renamed_table_takes_everything_with_it() {
    let old = schema("#[lucia(unique)] a: i32");
    let new = user(
        "#[lucia(user_table = \"member\", renamed_from = \"auth_user\")] struct User { id: UserId, #[lucia(unique)] a: i32 }",
    );
    assert_eq!(new.renamed_table.as_deref(), Some("auth_user"));
    assert_eq!(
        told(&lucia_schema::diff(&old, &new.schema(), &new.renames)),
        [
            "table `auth_user` is now called `member`",
            "index `auth_user_a_key` of `member` is now called `member_a_key`",
        ]
    );
    let new =
        user("#[lucia(key_table = \"member_key\")] struct User { id: UserId, #[lucia(unique)] a: i32 }");
    assert_eq!(
        told(&lucia_schema::diff(&old, &new.schema(), &[])),
        [
            "table `auth_key` is now called `member_key`",
            "index `auth_key_user_id_idx` of `member_key` is now called `member_key_user_id_idx`",
            "index `auth_key_expires_idx` of `member_key` is now called `member_key_expires_idx`",
            "foreign key `auth_key_user_id_fkey` of `member_key` is now called `member_key_user_id_fkey`",
        ]
    );
}

#[test]
fn a_column_of_a_table_that_is_renamed_is_renamed_under_the_new_name_of_the_table() {
    let new = user(
        "#[lucia(user_table = \"member\")] struct User { id: UserId, #[lucia(renamed_from = \"mail\")] email: String }",
    );
    assert_eq!(new.renames[0].to_string(), "member.mail=email");
    assert_eq!(
        told(&lucia_schema::diff(&schema("mail: String"), &new.schema(), &new.renames)),
        ["table `auth_user` is now called `member`", "column `mail` of `member` is now called `email`"]
    );
}

#[test]
fn a_rename_in_upper_and_lower_case_only_is_one() {
    // Case 16.
    assert_eq!(
        told(&diff("email: String", "#[lucia(column = \"Email\", renamed_from = \"email\")] email: String")),
        ["column `email` of `auth_user` is now called `Email`"]
    );
    let change =
        only("email: String", "#[lucia(column = \"Email\", renamed_from = \"email\")] email: String");
    assert!(change.reason().starts_with("PostgreSQL takes `email` and `Email` for two names"));
}

#[test]
fn a_renamed_column_may_change_as_well() {
    // Case 56.
    assert_eq!(
        told(&diff_by("a: i32", "b: Option<i64>", "a=b")),
        [
            "column `a` of `auth_user` is now called `b`",
            "column `b` of `auth_user` was 32-bit number and is 64-bit number, and it may now be null"
        ]
    );
}

#[test]
fn tables_come_and_go_parents_first_and_last() {
    let (nothing, all) = (Schema { tables: Vec::new() }, schema(""));
    assert_eq!(
        told(&lucia_schema::diff(&nothing, &all, &[])),
        ["table `auth_user` is new", "table `auth_session` is new", "table `auth_key` is new"]
    );
    assert_eq!(
        told(&lucia_schema::diff(&all, &nothing, &[])),
        ["table `auth_key` is gone", "table `auth_session` is gone", "table `auth_user` is gone"]
    );
}

#[test]
fn keys_of_other_tables_are_told() {
    let column = |name: &str| Column { name: name.into(), ty: Type::I64, nullable: false, default: None };
    let key = |references: &str| ForeignKey {
        name: "t_a_fkey".into(),
        columns: vec!["a".into()],
        table: "t".into(),
        references: vec![references.into()],
    };
    let table = |primary_key: &str, key| Schema {
        tables: vec![Table {
            name: "t".into(),
            columns: vec![column("a"), column("b")],
            primary_key: vec![primary_key.into()],
            indexes: Vec::new(),
            foreign_keys: vec![key],
        }],
    };
    assert_eq!(
        told(&lucia_schema::diff(&table("a", key("a")), &table("b", key("b")), &[])),
        [
            "`a` of `t` need no longer be `a` of a row in `t`",
            "the primary key of `t` was `a` and is `b`",
            "`a` of `t` must now be `b` of a row in `t`"
        ]
    );
}
