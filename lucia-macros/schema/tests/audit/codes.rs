//! Each kind of finding, with its text in `audit.txt`, and what is none.
//!
//! `LUCIA_GOLDEN=write` writes that file; read it aloud before committing it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use lucia_schema::Dialect;
use lucia_schema::audit::live::{Column, Index};
use lucia_schema::audit::{Code, Finding, Severity};

use crate::described::{Change, after, codes, part};

/// One database for each code, with nothing else that is wrong.
type Provoked = (Code, Dialect, fn(&mut Change<'_>));

const PROVOKED: &[Provoked] = &[
    (Code::SqlMode, Dialect::Mysql, |live| live.set("sql_mode", "NO_ENGINE_SUBSTITUTION")),
    (Code::SqlMode, Dialect::Mysql, |live| live.set("sql_mode", "")),
    (Code::ForeignKeysOff, Dialect::Sqlite, |live| live.set("foreign_keys", "0")),
    (Code::ForeignKeysOff, Dialect::Mysql, |live| live.set("foreign_key_checks", "0")),
    (Code::Encoding, Dialect::Postgres, |live| live.set("server_encoding", "LATIN1")),
    (Code::MissingTable, Dialect::Postgres, |live| live.0.tables.truncate(2)),
    (Code::Engine, Dialect::Mysql, |live| live.0.tables[2].engine = Some("MyISAM".to_owned())),
    (Code::MissingColumn, Dialect::Mysql, |live| {
        live.0.tables[0].columns.retain(|column| column.name != "bio");
    }),
    (Code::ExtraColumn, Dialect::Postgres, |live| {
        let ty = "integer".to_owned();
        live.0.tables[0].columns.push(Column { name: "legacy".to_owned(), ty, ..Column::default() });
    }),
    (Code::OtherType, Dialect::Postgres, |live| live.retype("logins", "text")),
    (Code::NarrowType, Dialect::Mysql, |live| live.retype("hashed_password", "varchar(60)")),
    (Code::Nullable, Dialect::Postgres, |live| live.column("username").nullable = true),
    (Code::NotNull, Dialect::Mysql, |live| live.column("expires").nullable = false),
    (Code::MissingDefault, Dialect::Postgres, |live| live.column("logins").default = None),
    (Code::OtherDefault, Dialect::Sqlite, |live| live.column("logins").default = Some("1".to_owned())),
    (Code::Generated, Dialect::Sqlite, |live| live.column("bio").generated = Some("generated".to_owned())),
    (Code::Collation, Dialect::Mysql, |live| {
        let column = live.column("username");
        (column.collation, column.exact) = (Some("utf8mb4_0900_ai_ci".to_owned()), false);
    }),
    (Code::Charset, Dialect::Mysql, |live| {
        live.column("bio").collation = Some("latin1_swedish_ci".to_owned());
    }),
    (Code::PrimaryKey, Dialect::Postgres, |live| {
        live.0.tables[2].primary_key.clear();
        live.drop_index("auth_key_pkey");
    }),
    (Code::MissingUnique, Dialect::Postgres, |live| live.drop_index("auth_user_username_key")),
    (Code::MissingIndex, Dialect::Postgres, |live| live.drop_index("auth_session_user_id_idx")),
    (Code::ExtraUnique, Dialect::Sqlite, |live| {
        let (name, parts) = ("one_bio".to_owned(), vec![part("bio")]);
        live.0.tables[0].indexes.push(Index { name, parts, unique: true, ..Index::default() });
    }),
    (Code::IndexName, Dialect::Postgres, |live| live.rename_index("auth_user_username_key", "username")),
    (Code::MissingForeignKey, Dialect::Postgres, |live| live.0.tables[1].foreign_keys.clear()),
    (Code::ForeignKeyAction, Dialect::Mysql, |live| {
        "CASCADE".clone_into(&mut live.0.tables[2].foreign_keys[0].on_delete);
    }),
];

#[test]
fn every_code_has_a_text_that_names_what_is_and_what_should_be() {
    let mut text = String::new();
    let mut seen = BTreeSet::new();
    for (code, dialect, change) in PROVOKED {
        let found = after(*dialect, change);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(found[0].code, *code);
        let told = found[0].to_string();
        let Finding { is, should_be, consequence, mend, .. } = &found[0];
        for part in [is, should_be, consequence, mend] {
            assert!(!part.is_empty() && told.contains(part.as_str()), "{told}");
        }
        write!(text, "\n== {code} ({}) on {dialect}\n{told}\n", found[0].severity).unwrap();
        seen.insert(*code);
    }
    assert_eq!(seen, Code::ALL.iter().copied().collect());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/audit/audit.txt");
    if std::env::var_os("LUCIA_GOLDEN").is_some_and(|value| value == "write") {
        fs::write(path, text).unwrap();
    } else {
        assert_eq!(fs::read_to_string(path).unwrap(), text, "LUCIA_GOLDEN=write writes it");
    }
}

#[test]
fn codes_have_distinct_names_in_lower_case() {
    let names: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(names.len(), Code::ALL.len());
    assert!(names.iter().all(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '_')));
}

#[test]
fn machines_are_told_the_same_names() {
    for code in Code::ALL {
        assert_eq!(serde_json::to_value(code).unwrap(), code.name());
    }
    let found = after(Dialect::Sqlite, |live| live.drop_index("auth_user_username_key"));
    let value = serde_json::to_value(&found[0]).unwrap();
    let fields: BTreeSet<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    let all = "code severity table column index is should_be consequence mend sql";
    assert_eq!(fields, all.split(' ').collect());
    assert_eq!(value["severity"], "error");
    assert_eq!(value["code"], "missing_unique");
    assert_eq!(value["table"], "auth_user");
}

#[test]
fn nothing_is_found_where_all_is_well() {
    for dialect in Dialect::ALL {
        assert_eq!(after(dialect, |_| {}), []);
    }
}

#[test]
fn neither_the_order_of_columns_nor_what_may_be_left_out_is_a_difference() {
    for dialect in Dialect::ALL {
        let found = after(dialect, |live| {
            for table in &mut live.0.tables {
                table.columns.reverse();
                table.indexes.reverse();
                let column = Column { ty: "text".to_owned(), ..Column::default() };
                let default = Some("1".to_owned());
                table.columns.push(Column { name: "a".to_owned(), nullable: true, ..column.clone() });
                table.columns.push(Column { name: "b".to_owned(), default, ..column });
                let parts = vec![part("a"), part("id")];
                table.indexes.push(Index { name: "c".to_owned(), parts: parts.clone(), ..Index::default() });
                // Which refuses nothing, since the id is unique.
                table.indexes.push(Index { name: "d".to_owned(), parts, unique: true, ..Index::default() });
            }
        });
        assert_eq!(found, []);
    }
}

#[test]
fn a_setting_that_is_not_told_is_not_judged() {
    for dialect in Dialect::ALL {
        assert_eq!(after(dialect, |live| live.0.settings.clear()), []);
    }
}

#[test]
fn only_postgres_tells_names_apart_by_case() {
    let upper = |live: &mut Change<'_>| live.rename("bio", "BIO");
    assert_eq!(after(Dialect::Sqlite, upper), []);
    assert_eq!(after(Dialect::Mysql, upper), []);
    assert_eq!(codes(&after(Dialect::Postgres, upper)), [(Code::MissingColumn, Severity::Error)]);
}
