//! Types of columns, which databases spell in several ways.

use lucia_schema::Dialect;
use lucia_schema::audit::live::Column;
use lucia_schema::audit::{Code, Severity, audit};

use crate::described::{clean, codes, schema};

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
