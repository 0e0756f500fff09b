//! Rows to migrate, and what is in the tables.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use lucia_schema::{Column, Dialect, Schema, Table, Type, sql};

/// Rows of each table. In the last of them every column that may be null is.
pub const ROWS: usize = 3;

/// The tables: those of users, sessions and keys, and the app's own.
const TABLES: usize = 4;

/// The values of a row by column, without those that are null.
pub type Row = BTreeMap<String, String>;

/// The rows of the tables of users, sessions and keys, and of the app's own table, by their ids.
pub type Rows = Vec<BTreeMap<String, Row>>;

/// The app's own table: whoever deletes a user deletes what refers to it there.
#[must_use]
pub fn profile(users: &Table, dialect: Dialect) -> String {
    let (name, id) = (sql::identifier("profile", dialect), sql::identifier("user_id", dialect));
    let ty = match dialect {
        Dialect::Sqlite => "TEXT",
        Dialect::Postgres => "TEXT COLLATE \"C\"",
        Dialect::Mysql => "VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin",
    };
    let (table, key) = (sql::identifier(&users.name, dialect), sql::identifier("id", dialect));
    format!(
        "CREATE TABLE {name} ({id} {ty} NOT NULL, PRIMARY KEY ({id}), CONSTRAINT profile_fkey FOREIGN KEY ({id}) REFERENCES {table} \
         ({key}) ON DELETE CASCADE);\n"
    )
}

/// Statements that fill all tables. Columns of users that are `distinct` have a different value in each row.
#[must_use]
pub fn seed(schema: &Schema, distinct: &[String], dialect: Dialect) -> String {
    let mut text = String::new();
    for table in &schema.tables {
        for row in 0..ROWS {
            let names: Vec<String> =
                table.columns.iter().map(|column| sql::identifier(&column.name, dialect)).collect();
            let values: Vec<String> = table
                .columns
                .iter()
                .map(|column| value(column, row, distinct.contains(&column.name), dialect))
                .collect();
            let table = sql::identifier(&table.name, dialect);
            writeln!(text, "INSERT INTO {table} ({}) VALUES ({});", names.join(", "), values.join(", "))
                .unwrap();
        }
    }
    for row in 0..ROWS {
        writeln!(text, "INSERT INTO profile VALUES ('u{row}');").unwrap();
    }
    text
}

fn value(column: &Column, row: usize, distinct: bool, dialect: Dialect) -> String {
    if column.nullable && row + 1 == ROWS {
        return "NULL".to_owned();
    }
    let bytes =
        |hex: &str| if dialect == Dialect::Postgres { format!("'\\x{hex}'") } else { format!("x'{hex}'") };
    match &column.ty {
        Type::Id { .. } => format!("'u{row}'"),
        // Which are integers too.
        Type::Text { .. } => format!("'7{row}'"),
        Type::Bool if dialect == Dialect::Postgres => {
            (if row % 2 == 1 { "TRUE" } else { "FALSE" }).to_owned()
        }
        Type::I16 | Type::I32 | Type::I64 if distinct => row.to_string(),
        // Which are true or false too.
        Type::Bool | Type::I16 | Type::I32 | Type::I64 => (row % 2).to_string(),
        Type::F32 | Type::F64 => format!("{row}.5"),
        Type::Bytes { .. } => bytes(&format!("0{row}ff")),
        Type::Uuid => bytes(&format!("0{row}").repeat(16)),
        Type::Date => format!("'2026-01-0{}'", row + 1),
        Type::Time => format!("'03:04:0{row}'"),
        Type::Timestamp => format!("'2026-01-02 03:04:0{row}'"),
        Type::Native(_) => "'{}'".to_owned(),
    }
}

/// Statements that empty all tables.
#[must_use]
pub fn clear(schema: &Schema, dialect: Dialect) -> String {
    let delete = |name: &str| format!("DELETE FROM {};\n", sql::identifier(name, dialect));
    let tables = schema.tables.iter().rev().map(|table| delete(&table.name));
    delete("profile") + &tables.collect::<String>()
}

/// A query for what is in the tables.
#[must_use]
pub fn query(schema: &Schema, dialect: Dialect) -> String {
    let mut queries =
        vec!["SELECT '0 u|' || user_id AS line FROM profile".replace('0', &schema.tables.len().to_string())];
    if dialect == Dialect::Mysql {
        queries = vec![format!("SELECT concat('{} u|', user_id) AS line FROM profile", schema.tables.len())];
    }
    for (place, table) in schema.tables.iter().enumerate() {
        let columns = table.columns.iter().map(|column| (column, written(column, dialect)));
        let parts: Vec<String> = columns
            .map(|(column, value)| {
                let name = &column.name;
                match dialect {
                    Dialect::Mysql => format!("ifnull(concat('|{name}=', {value}), '')"),
                    Dialect::Sqlite | Dialect::Postgres => format!("coalesce('|{name}=' || {value}, '')"),
                }
            })
            .collect();
        let name = sql::identifier(&table.name, dialect);
        let line = match dialect {
            Dialect::Mysql => format!("concat('{place} ', id, {})", parts.join(", ")),
            Dialect::Sqlite | Dialect::Postgres => format!("'{place} ' || id || {}", parts.join(" || ")),
        };
        queries.push(format!("SELECT {line} AS line FROM {name}"));
    }
    queries.join(" UNION ALL ")
}

/// What the query found.
#[must_use]
pub fn parse(lines: &[String]) -> Rows {
    let mut rows = vec![BTreeMap::new(); TABLES];
    for line in lines {
        let (place, row) = line.split_once(' ').unwrap();
        let (id, values) = row.split_once('|').unwrap();
        let pairs = values.split('|').filter_map(|pair| pair.split_once('='));
        let row: Row = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        rows.get_mut(place.parse::<usize>().unwrap()).unwrap().insert(id.to_owned(), row);
    }
    rows
}

/// A value as text, the same for a value that is the same in another type.
fn written(column: &Column, dialect: Dialect) -> String {
    let name = sql::identifier(&column.name, dialect);
    match (&column.ty, dialect) {
        (Type::Bool, Dialect::Postgres) => format!("{name}::integer::text"),
        (Type::Bytes { .. } | Type::Uuid, Dialect::Postgres) => format!("encode({name}, 'hex')"),
        // Of a null SQLite makes an empty text.
        (Type::Bytes { .. } | Type::Uuid, _) => {
            format!("CASE WHEN {name} IS NULL THEN NULL ELSE lower(hex({name})) END")
        }
        (_, Dialect::Postgres) => format!("{name}::text"),
        (_, Dialect::Sqlite) => format!("CAST({name} AS TEXT)"),
        (_, Dialect::Mysql) => format!("CAST({name} AS CHAR)"),
    }
}
