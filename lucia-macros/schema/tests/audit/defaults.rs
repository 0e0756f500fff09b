//! Defaults, and whatever else a catalogue tells, which databases spell in several ways.

use lucia_schema::Dialect;
use lucia_schema::audit::live::{Column, Part};
use lucia_schema::audit::{Code, Severity, audit};

use crate::described::{after, clean, codes, schema};

/// Whether a default is told as another one.
fn is_other(field: &str, ty: &str, default: &str, dialect: Dialect) -> bool {
    let schema = schema(field);
    let mut live = clean(&self::schema(""), dialect);
    let (name, ty, default) = ("a".to_owned(), ty.to_owned(), Some(default.to_owned()));
    live.tables[0].columns.push(Column { name, ty, default, exact: true, ..Column::default() });
    match codes(&audit(&schema, &live, dialect)).as_slice() {
        [] => false,
        [(Code::OtherDefault, Severity::Warning)] => true,
        other => panic!("{other:?}"),
    }
}

#[test]
fn defaults_are_compared_by_meaning() {
    let text = "#[lucia(default = \"it's \\\\\", max_length = 9)] a: String";
    let now = "#[lucia(default = now)] a: NaiveDateTime";
    let (int, negative) = ("#[lucia(default = 7)] a: i32", "#[lucia(default = -7)] a: i32");
    let (yes, float) = ("#[lucia(default = true)] a: bool", "#[lucia(default = 0.1)] a: f32");
    let same = [
        (Dialect::Sqlite, text, "TEXT", r"'it''s \'"),
        (Dialect::Sqlite, text, "TEXT", r#""it's \""#),
        (Dialect::Postgres, text, "text", r"'it''s \'::character varying"),
        (Dialect::Mysql, text, "text", r"'it''s \\'"),
        // As MySQL tells a literal, and an expression.
        (Dialect::Mysql, text, "text", r"it's \"),
        (Dialect::Mysql, text, "text", r"_utf8mb4\'it\\\'s \\\\\'"),
        (Dialect::Sqlite, now, "TIMESTAMP", "CURRENT_TIMESTAMP"),
        (
            Dialect::Postgres,
            now,
            "timestamp without time zone",
            "(CURRENT_TIMESTAMP AT TIME ZONE 'UTC'::text)",
        ),
        (Dialect::Postgres, now, "timestamp without time zone", "timezone('utc'::text, now())"),
        (Dialect::Mysql, now, "datetime(6)", "utc_timestamp(6)"),
        (Dialect::Sqlite, int, "INTEGER", "7"),
        (Dialect::Postgres, int, "integer", "'7'::integer"),
        (Dialect::Postgres, negative, "integer", "'-7'::integer"),
        (Dialect::Postgres, negative, "integer", "(-7)"),
        (Dialect::Mysql, negative, "int", "-7"),
        (Dialect::Sqlite, yes, "BOOLEAN", "1"),
        (Dialect::Sqlite, yes, "BOOLEAN", "TRUE"),
        (Dialect::Postgres, yes, "boolean", "true"),
        (Dialect::Mysql, yes, "tinyint(1)", "1"),
        (Dialect::Postgres, float, "real", "0.1"),
        (Dialect::Postgres, float, "real", "'0.1'::real"),
        (Dialect::Postgres, float, "real", "(0.1)::double precision"),
        (Dialect::Mysql, float, "float", "0.1"),
    ];
    for (dialect, field, ty, default) in same {
        assert!(!is_other(field, ty, default, dialect), "{field}: {default} on {dialect}");
    }
    let other = [
        (Dialect::Sqlite, text, "TEXT", "'it'"),
        (Dialect::Sqlite, text, "TEXT", "lower('it')"),
        (Dialect::Mysql, text, "text", "it"),
        (Dialect::Sqlite, now, "TIMESTAMP", "'now'"),
        (Dialect::Postgres, now, "timestamp without time zone", "now()"),
        (Dialect::Mysql, now, "datetime(6)", "current_timestamp(6)"),
        (Dialect::Postgres, int, "integer", "nextval('numbers'::regclass)"),
        (Dialect::Mysql, int, "int", "-7"),
        (Dialect::Sqlite, yes, "BOOLEAN", "'yes'"),
        (Dialect::Postgres, yes, "boolean", "false"),
        (Dialect::Postgres, float, "real", "0.2"),
    ];
    for (dialect, field, ty, default) in other {
        assert!(is_other(field, ty, default, dialect), "{field}: {default} on {dialect}");
    }
}

#[test]
fn whatever_a_catalogue_tells_is_read_without_a_panic() {
    let odd = [
        "",
        " ",
        "(",
        ")",
        "()",
        "'",
        "''",
        "'a",
        "\\",
        "'\\",
        "_utf8mb4",
        "_utf8mb4\\",
        "_utf8mb4\\'",
        "::",
        "'::",
        "é",
        "'é",
        "(é",
        "varchar(",
        "varchar(99999999999999999999)",
        "time(999)",
        "create",
        "CREATE (",
        "create é(",
        "lower(",
        "lower()",
        "lower(é",
        "(((",
        ")))",
        "\0",
    ];
    for dialect in Dialect::ALL {
        for text in odd {
            let found = after(dialect, |live| {
                for table in &mut live.0.tables {
                    table.engine = Some(text.to_owned());
                    for column in &mut table.columns {
                        text.clone_into(&mut column.ty);
                        column.default = Some(text.to_owned());
                        column.collation = Some(text.to_owned());
                    }
                    for part in table.indexes.iter_mut().flat_map(|index| &mut index.parts) {
                        *part = Part {
                            column: None,
                            expression: text.to_owned(),
                            collation: Some(text.to_owned()),
                        };
                    }
                }
            });
            assert!(found.iter().all(|finding| !finding.to_string().is_empty()));
            assert!(found.len() > 5, "{text} on {dialect}: {found:#?}");
        }
    }
}
