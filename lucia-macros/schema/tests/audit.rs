//! Audits of databases that are described by hand: each kind of finding, with its text in `audit.txt`, and what the databases
//! spell in several ways. Those of real databases are in the tests of migrations.
//!
//! `LUCIA_GOLDEN=write` writes that file; read it aloud before committing it.
#![cfg(feature = "syn")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests count as production code"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use lucia_schema::audit::live::{Column, ForeignKey, Index, Part, Table};
use lucia_schema::audit::{Code, Finding, Live, Row, Severity, audit, query};
use lucia_schema::{Dialect, Schema, Type, sql};

fn schema(fields: &str) -> Schema {
    let source = format!("pub struct User {{ pub id: UserId, {fields} }}");
    let reading = lucia_schema::read(&syn::parse_str(&source).unwrap());
    assert!(reading.errors.is_none(), "{}", reading.errors.unwrap());
    reading.user.schema()
}

fn user() -> Schema {
    schema(
        "#[lucia(unique, max_length = 32)] pub username: String, #[lucia(unique(nocase))] pub email: Option<String>,
         #[lucia(default = 0)] pub logins: i32, pub bio: Option<String>",
    )
}

/// A database with the tables as our own migrations make them.
fn clean(schema: &Schema, dialect: Dialect) -> Live {
    let settings = [("foreign_keys", "1"), ("foreign_key_checks", "1"), ("server_encoding", "UTF8")];
    let settings = settings.into_iter().chain([("sql_mode", "ANSI_QUOTES,STRICT_TRANS_TABLES")]);
    Live {
        settings: settings.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        tables: schema.tables.iter().map(|own| table(own, dialect)).collect(),
    }
}

fn table(own: &lucia_schema::Table, dialect: Dialect) -> Table {
    let mut columns: Vec<Column> =
        own.columns.iter().map(|own_column| column(own, own_column, dialect)).collect();
    let mut indexes = vec![Index {
        name: format!("{}_pkey", own.name),
        unique: true,
        primary: true,
        partial: false,
        parts: own.primary_key.iter().map(|name| part(name)).collect(),
    }];
    for index in &own.indexes {
        let mut parts: Vec<Part> = index.columns.iter().map(|name| part(name)).collect();
        if index.nocase && dialect == Dialect::Mysql {
            let folded = sql::folded_column(&index.columns[0]);
            let like = columns.iter().find(|column| column.name == index.columns[0]).unwrap();
            let generated = Some("replace(".repeat(26));
            columns.push(Column { name: folded.clone(), nullable: true, generated, ..like.clone() });
            parts = vec![part(&folded)];
        } else if index.nocase {
            let expression = format!("lower({})", index.columns[0]);
            parts = vec![Part { column: None, expression, collation: None }];
        }
        indexes.push(Index { name: index.name.clone(), unique: index.unique, parts, ..Index::default() });
    }
    let key = |key: &lucia_schema::ForeignKey| ForeignKey {
        name: key.name.clone(),
        columns: key.columns.clone(),
        table: key.table.clone(),
        references: key.references.clone(),
        on_delete: "NO ACTION".to_owned(),
    };
    Table {
        name: own.name.clone(),
        engine: (dialect == Dialect::Mysql).then(|| "InnoDB".to_owned()),
        columns,
        primary_key: own.primary_key.clone(),
        indexes,
        foreign_keys: own.foreign_keys.iter().map(key).collect(),
    }
}

fn part(name: &str) -> Part {
    Part { column: Some(name.to_owned()), ..Part::default() }
}

fn column(table: &lucia_schema::Table, own: &lucia_schema::Column, dialect: Dialect) -> Column {
    let keyed = table.is_keyed(&own.name);
    let (ty, collation) = match (&own.ty, dialect) {
        (Type::Id { max_bytes }, Dialect::Mysql) => (format!("varchar({max_bytes})"), Some("ascii_bin")),
        (Type::Text { max_length: Some(n) }, Dialect::Mysql) if keyed => {
            (format!("varchar({n})"), Some("utf8mb4_0900_bin"))
        }
        (Type::Text { .. }, Dialect::Mysql) => ("longtext".to_owned(), Some("utf8mb4_general_ci")),
        (Type::Text { max_length: Some(n) }, Dialect::Postgres) => {
            (format!("character varying({n})"), Some("C"))
        }
        (Type::Id { .. } | Type::Text { .. }, Dialect::Postgres) => ("text".to_owned(), Some("C")),
        (Type::Id { .. } | Type::Text { .. }, Dialect::Sqlite) => ("TEXT".to_owned(), None),
        (Type::Bool, Dialect::Mysql) => ("tinyint(1)".to_owned(), None),
        (Type::Bool, _) => ("boolean".to_owned(), None),
        (Type::I32, Dialect::Mysql) => ("int".to_owned(), None),
        (Type::I32, _) => ("integer".to_owned(), None),
        (Type::I64, _) => ("bigint".to_owned(), None),
        (other, _) => panic!("{other}"),
    };
    Column {
        name: own.name.clone(),
        ty,
        nullable: own.nullable,
        default: own.default.as_ref().map(|_| "0".to_owned()),
        exact: collation.is_none_or(|collation| !collation.ends_with("_ci")),
        collation: collation.map(str::to_owned),
        generated: None,
    }
}

impl Change<'_> {
    fn column(&mut self, name: &str) -> &mut Column {
        let tables = self.0.tables.iter_mut();
        tables.flat_map(|table| &mut table.columns).find(|column| column.name == name).unwrap()
    }

    fn index(&mut self, name: &str) -> &mut Index {
        let tables = self.0.tables.iter_mut();
        tables.flat_map(|table| &mut table.indexes).find(|index| index.name == name).unwrap()
    }

    fn retype(&mut self, column: &str, ty: &str) {
        ty.clone_into(&mut self.column(column).ty);
    }

    fn rename(&mut self, column: &str, name: &str) {
        name.clone_into(&mut self.column(column).name);
    }

    fn rename_index(&mut self, index: &str, name: &str) {
        name.clone_into(&mut self.index(index).name);
    }

    fn drop_index(&mut self, name: &str) {
        self.0.tables.iter_mut().for_each(|table| table.indexes.retain(|index| index.name != name));
    }

    fn set(&mut self, name: &str, value: &str) {
        self.0.settings.insert(name.to_owned(), value.to_owned());
    }
}

/// A database that is changed.
struct Change<'a>(&'a mut Live);

/// Audits the tables of a user after a change.
fn after(dialect: Dialect, change: impl FnOnce(&mut Change<'_>)) -> Vec<Finding> {
    let mut live = clean(&user(), dialect);
    change(&mut Change(&mut live));
    audit(&user(), &live, dialect)
}

fn codes(found: &[Finding]) -> Vec<(Code, Severity)> {
    found.iter().map(|finding| (finding.code, finding.severity)).collect()
}

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
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/audit.txt");
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

/// What is found when a field has a column of some type.
fn typed(field: &str, dialect: Dialect, ty: &str) -> Option<(Code, Severity)> {
    let schema = schema(field);
    let mut live = clean(&self::schema(""), dialect);
    let own = &schema.tables[0].columns[1];
    live.tables[0].columns.push(Column {
        name: own.name.clone(),
        ty: ty.to_owned(),
        nullable: own.nullable,
        exact: true,
        ..Column::default()
    });
    let found = codes(&audit(&schema, &live, dialect));
    assert!(found.len() < 2, "{found:?}");
    found.first().copied()
}

const FITS: Option<(Code, Severity)> = None;
const NARROW: Option<(Code, Severity)> = Some((Code::NarrowType, Severity::Error));
const OTHER: Option<(Code, Severity)> = Some((Code::OtherType, Severity::Error));
const UNKNOWN: Option<(Code, Severity)> = Some((Code::OtherType, Severity::Warning));

/// A field, the type of its column, and what is found.
type Typed<'a> = (&'a str, &'a str, Option<(Code, Severity)>);

fn all_typed(dialect: Dialect, cases: &[Typed<'_>]) {
    for (field, ty, expected) in cases {
        assert_eq!(typed(field, dialect, ty), *expected, "{field} in {ty}");
    }
}

#[test]
fn types_of_postgres_are_compared_by_meaning() {
    all_typed(
        Dialect::Postgres,
        &[
            ("a: String", "text", FITS),
            ("a: String", "character varying", FITS),
            ("a: String", "character varying(255)", NARROW),
            ("#[lucia(max_length = 32)] a: String", "character varying(32)", FITS),
            ("#[lucia(max_length = 32)] a: String", "character varying(33)", FITS),
            ("#[lucia(max_length = 32)] a: String", "character varying(31)", NARROW),
            ("#[lucia(max_length = 32)] a: String", "character(32)", OTHER),
            ("a: bool", "boolean", FITS),
            ("a: bool", "smallint", OTHER),
            ("a: i16", "smallint", FITS),
            ("a: i16", "integer", OTHER),
            ("a: i32", "smallint", NARROW),
            ("a: i64", "bigint", FITS),
            ("a: f32", "real", FITS),
            ("a: f64", "real", NARROW),
            ("a: f64", "numeric", OTHER),
            ("a: Vec<u8>", "bytea", FITS),
            ("a: Uuid", "bytea", FITS),
            ("a: Uuid", "uuid", OTHER),
            ("a: NaiveDate", "date", FITS),
            ("a: NaiveTime", "time without time zone", FITS),
            ("a: NaiveTime", "time(0) without time zone", NARROW),
            ("a: NaiveDateTime", "timestamp without time zone", FITS),
            ("a: NaiveDateTime", "timestamp(6) without time zone", FITS),
            ("a: DateTime<Utc>", "timestamp(3) without time zone", NARROW),
            ("a: DateTime<Utc>", "timestamp with time zone", OTHER),
            ("#[lucia(sql_type = T, postgres = \"INT8\")] a: T", "bigint", FITS),
            ("#[lucia(sql_type = T, postgres = \"VARCHAR(20)[]\")] a: T", "character varying(20)[]", FITS),
            ("#[lucia(sql_type = T, postgres = \"NUMERIC(10, 2)\")] a: T", "numeric(10,2)", FITS),
            (
                "#[lucia(sql_type = T, postgres = \"TIMESTAMPTZ(3)\")] a: T",
                "timestamp(3) with time zone",
                FITS,
            ),
            ("#[lucia(sql_type = T, postgres = \"app.Mood\")] a: T", "mood", FITS),
            ("#[lucia(sql_type = T, postgres = \"INET\")] a: T", "cidr", UNKNOWN),
        ],
    );
}

#[test]
fn types_of_mysql_are_compared_by_meaning() {
    all_typed(
        Dialect::Mysql,
        &[
            ("a: String", "longtext", FITS),
            ("a: String", "mediumtext", NARROW),
            ("#[lucia(max_length = 32)] a: String", "text", FITS),
            ("#[lucia(max_length = 32)] a: String", "varchar(32)", FITS),
            ("#[lucia(max_length = 32)] a: String", "varchar(31)", NARROW),
            ("#[lucia(max_length = 63)] a: String", "tinytext", FITS),
            ("#[lucia(max_length = 64)] a: String", "tinytext", NARROW),
            ("#[lucia(max_length = 16384)] a: String", "text", NARROW),
            ("#[lucia(max_length = 32)] a: String", "char(32)", OTHER),
            ("a: String", "json", OTHER),
            ("a: bool", "tinyint(1)", FITS),
            ("a: bool", "tinyint(3) unsigned", FITS),
            ("a: bool", "bit(1)", OTHER),
            ("a: i32", "int(11)", FITS),
            ("a: i32", "int", FITS),
            ("a: i32", "bigint(20)", FITS),
            ("a: i32", "mediumint(9)", NARROW),
            ("a: i32", "int(10) unsigned", NARROW),
            ("a: f32", "double", FITS),
            ("a: f64", "float", NARROW),
            ("a: f64", "decimal(10,2)", OTHER),
            ("a: Vec<u8>", "longblob", FITS),
            ("#[lucia(max_length = 32)] a: Vec<u8>", "varbinary(32)", FITS),
            ("#[lucia(max_length = 32)] a: Vec<u8>", "varbinary(31)", NARROW),
            ("#[lucia(max_length = 32)] a: Vec<u8>", "binary(32)", OTHER),
            ("a: Uuid", "binary(16)", FITS),
            ("a: Uuid", "varbinary(16)", FITS),
            ("a: Uuid", "binary(15)", NARROW),
            ("a: Uuid", "char(36)", OTHER),
            ("a: NaiveDate", "date", FITS),
            ("a: NaiveTime", "time(6)", FITS),
            ("a: NaiveTime", "time", NARROW),
            ("a: NaiveDateTime", "datetime(6)", FITS),
            ("a: NaiveDateTime", "datetime", NARROW),
            ("a: NaiveDateTime", "timestamp(6)", OTHER),
            ("#[lucia(sql_type = T, mysql = \"DECIMAL(10, 2)\")] a: T", "decimal(10,2)", FITS),
            ("#[lucia(sql_type = T, mysql = \"JSON\")] a: T", "longtext", FITS),
            ("#[lucia(sql_type = T, mysql = \"JSON\")] a: T", "json", FITS),
            ("#[lucia(sql_type = T, mysql = \"INT UNSIGNED\")] a: T", "int(10) unsigned", FITS),
            ("#[lucia(sql_type = T, mysql = \"VARCHAR(9) COLLATE utf8mb4_bin\")] a: T", "varchar(9)", FITS),
            ("#[lucia(sql_type = T, mysql = \"YEAR\")] a: T", "int(11)", UNKNOWN),
        ],
    );
}

#[test]
fn types_of_sqlite_are_compared_by_what_becomes_of_a_value() {
    all_typed(
        Dialect::Sqlite,
        &[
            ("#[lucia(max_length = 32)] a: String", "VARCHAR(9)", FITS),
            ("a: String", "", FITS),
            ("a: String", "NUMERIC", OTHER),
            ("a: String", "STRING", OTHER),
            ("a: bool", "BOOLEAN", FITS),
            ("a: bool", "INT2", FITS),
            ("a: i16", "BIGINT", FITS),
            ("a: i64", "DECIMAL", FITS),
            ("a: i64", "TEXT", OTHER),
            ("a: f32", "REAL", FITS),
            ("a: f64", "INTEGER", OTHER),
            ("a: Vec<u8>", "BLOB", FITS),
            ("a: Uuid", "UUID", OTHER),
            ("a: NaiveDate", "DATE", FITS),
            ("a: NaiveDateTime", "DATETIME", FITS),
            ("a: NaiveDateTime", "TEXT", FITS),
            ("a: NaiveDateTime", "INTEGER", OTHER),
            ("#[lucia(sql_type = T, sqlite = \"Decimal(10, 2)\")] a: T", "DECIMAL(10,2)", FITS),
            ("#[lucia(sql_type = T, sqlite = \"JSONB\")] a: T", "BLOB", UNKNOWN),
        ],
    );
}

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

#[test]
fn an_index_of_mysql_on_an_expression_does_what_the_column_beside_it_does() {
    let found = after(Dialect::Mysql, |live| {
        live.0.tables[0].columns.retain(|column| !column.name.starts_with("__"));
        let expression = "lower(`email`)".to_owned();
        live.index("auth_user_email_key").parts = vec![Part { expression, ..Part::default() }];
    });
    assert_eq!(found, []);
}

#[test]
fn an_expression_that_does_more_than_fold_letters_is_no_nocase_index() {
    for expression in ["lower(trim(email))", "upper(email)", "lower(bio)", "lower(email || bio)", "email"] {
        let found = after(Dialect::Postgres, |live| {
            expression.clone_into(&mut live.index("auth_user_email_key").parts[0].expression);
        });
        assert_eq!(codes(&found)[0], (Code::MissingUnique, Severity::Error), "{expression}");
    }
    for expression in ["lower((email)::text)", "lower(email::text)", "lower(\"email\")"] {
        let found = after(Dialect::Postgres, |live| {
            expression.clone_into(&mut live.index("auth_user_email_key").parts[0].expression);
        });
        assert_eq!(found, [], "{expression}");
    }
}

#[test]
fn ids_of_mysql_must_be_told_apart_by_case_and_may_be_padded() {
    let collated = |collation: &'static str| {
        after(Dialect::Mysql, move |live| {
            let column = live.0.tables[2].columns.iter_mut().find(|column| column.name == "id").unwrap();
            column.collation = Some(collation.to_owned());
            column.exact = collation.ends_with("_bin");
        })
    };
    for exact in ["ascii_bin", "latin1_bin", "utf8mb4_bin", "utf8mb4_0900_bin"] {
        assert_eq!(collated(exact), [], "{exact}");
    }
    for folding in ["latin1_swedish_ci", "utf8mb4_0900_ai_ci", "utf8mb4_0900_as_cs", "utf8mb4_uca1400_ai_ci"]
    {
        assert_eq!(codes(&collated(folding)), [(Code::Collation, Severity::Error)], "{folding}");
    }
}

#[test]
fn only_the_names_of_indexes_of_users_are_known_by() {
    let renamed = |name: &'static str| after(Dialect::Postgres, move |live| live.rename_index(name, "other"));
    assert_eq!(codes(&renamed("auth_user_username_key")), [(Code::IndexName, Severity::Error)]);
    assert_eq!(codes(&renamed("auth_session_renewed_from_key")), [(Code::IndexName, Severity::Warning)]);
    assert_eq!(codes(&renamed("auth_session_user_id_idx")), [(Code::IndexName, Severity::Warning)]);
    assert_eq!(codes(&renamed("auth_user_pkey")), [(Code::IndexName, Severity::Error)]);
    assert_eq!(renamed("auth_key_pkey"), []);
}

#[test]
fn an_index_over_nothing_does_nothing() {
    let found = after(Dialect::Postgres, |live| live.index("auth_session_idle_expires_idx").parts.clear());
    assert_eq!(codes(&found), [(Code::MissingIndex, Severity::Warning)]);
}

#[test]
fn a_foreign_key_to_another_table_or_column_is_another_one() {
    let changes: [fn(&mut ForeignKey); 3] = [
        |key| "member".clone_into(&mut key.table),
        |key| "name".clone_into(&mut key.references[0]),
        |key| "id".clone_into(&mut key.columns[0]),
    ];
    for change in changes {
        let found = after(Dialect::Postgres, |live| change(&mut live.0.tables[1].foreign_keys[0]));
        assert_eq!(codes(&found), [(Code::MissingForeignKey, Severity::Error)]);
    }
}

#[test]
fn times_of_sessions_may_be_unsigned_as_lucia_v1_has_them() {
    let unsigned = |live: &mut Change<'_>| live.retype("idle_expires", "bigint(20) unsigned");
    assert_eq!(after(Dialect::Mysql, unsigned), []);
}

#[test]
fn a_table_of_sessions_without_users_is_not_taken_for_one_of_users() {
    let sessions = Schema::sessions();
    let mut live = clean(&sessions, Dialect::Mysql);
    Change(&mut live).retype("idle_expires", "bigint(20) unsigned");
    assert_eq!(audit(&sessions, &live, Dialect::Mysql), []);
    live.tables.clear();
    let found = audit(&sessions, &live, Dialect::Mysql);
    assert_eq!(codes(&found), [(Code::MissingTable, Severity::Error); 2]);
    for (finding, of) in found.iter().zip(["sessions", "those who have sessions"]) {
        let text = finding.to_string();
        assert!(
            text.contains(&format!("the table of {of}:")) && text.contains("`SESSION_MIGRATIONS`"),
            "{text}"
        );
    }
}

#[test]
fn what_belongs_to_a_missing_column_is_not_told_beside_it() {
    for dialect in Dialect::ALL {
        let found = after(dialect, |live| {
            live.0.tables[0].columns.retain(|column| !column.name.contains("email"));
            live.drop_index("auth_user_email_key");
        });
        assert_eq!(codes(&found), [(Code::MissingColumn, Severity::Error)]);
        // The statement brings the index with it.
        assert!(found[0].sql.as_ref().unwrap().contains("auth_user_email_key"));
    }
}

#[test]
fn a_query_asks_for_the_tables_by_their_names_and_is_one_statement() {
    let reading = lucia_schema::read(
        &syn::parse_str("#[lucia(user_table = \"Member\")] struct User { id: UserId }").unwrap(),
    );
    for dialect in Dialect::ALL {
        let sql = query(&reading.user.schema(), dialect);
        assert!(sql.contains("'Member', 'auth_session', 'auth_key'") && !sql.contains(';'), "{sql}");
        assert!(query(&Schema { tables: Vec::new() }, dialect).contains("IN ('')"));
    }
}

fn row(columns: [&str; 10]) -> Row {
    columns.map(str::to_owned)
}

#[test]
fn rows_may_come_in_any_order() {
    let mut rows = vec![
        row(["setting", "", "foreign_keys", "1", "", "", "", "", "", ""]),
        row(["table", "", "auth_user", "", "", "", "", "", "", ""]),
        row(["column", "auth_user", "id", "TEXT", "no", "yes", "", "", "yes", ""]),
        row(["primary key", "auth_user", "id", "1", "", "", "", "", "", ""]),
        row(["index", "auth_user", "pair", "0", "a", "", "yes", "no", "no", "BINARY"]),
        row(["index", "auth_user", "pair", "1", "b", "", "yes", "yes", "no", "BINARY"]),
        row(["foreign key", "auth_user", "0", "0", "a", "other", "x", "CASCADE", "", ""]),
        row(["foreign key", "auth_user", "0", "1", "b", "other", "y", "CASCADE", "", ""]),
    ];
    let live = Live::from_rows(rows.clone()).unwrap();
    rows.reverse();
    assert_eq!(Live::from_rows(rows).unwrap(), live);
    let table = live.table("AUTH_USER", Dialect::Sqlite).unwrap();
    assert_eq!(table.column("id", Dialect::Sqlite).unwrap().default.as_deref(), Some(""));
    assert_eq!(table.primary_key, ["id"]);
    let [index] = table.indexes.as_slice() else { panic!("{table:?}") };
    assert!(index.unique && index.partial);
    let parts: Vec<&str> = index.parts.iter().filter_map(|part| part.column.as_deref()).collect();
    assert_eq!(parts, ["a", "b"]);
    assert_eq!(table.foreign_keys[0].columns, ["a", "b"]);
    assert_eq!(table.foreign_keys[0].references, ["x", "y"]);
}

#[test]
fn a_row_that_is_none_of_the_query_is_refused() {
    let refused = [
        (row(["view", "", "auth_user", "", "", "", "", "", "", ""]), "kind", "view"),
        (row(["column", "t", "id", "TEXT", "YES", "no", "", "", "yes", ""]), "b", "YES"),
        (row(["index", "t", "i", "first", "a", "", "yes", "no", "no", ""]), "a", "first"),
    ];
    for (row, column, value) in refused {
        let error = Live::from_rows([row]).unwrap_err();
        assert_eq!((error.column, error.value.as_str()), (column, value));
        assert!(error.to_string().contains("hand its rows over as they are"));
    }
}
