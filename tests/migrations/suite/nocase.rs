//! What `unique(nocase)` takes for equal, on servers.

use lucia_migration_tests::database::Database;
use lucia_migration_tests::sqlite::{Runner, Sqlite};
use lucia_schema::{Dialect, sql};

use crate::schema;

/// How a look-up compares, as the adapter writes it for the database.
fn found(dialect: Dialect, name: &str) -> String {
    let text = sql::text(name, dialect);
    let line = match dialect {
        Dialect::Mysql => "concat('0 ', id)",
        Dialect::Sqlite | Dialect::Postgres => "'0 ' || id",
    };
    match dialect {
        Dialect::Mysql => format!("SELECT {line} AS line FROM auth_user WHERE __name_nocase = {text}"),
        Dialect::Sqlite | Dialect::Postgres => {
            format!("SELECT {line} AS line FROM auth_user WHERE lower(name) = {text}")
        }
    }
}

/// Letters of ASCII are equal in both cases, and nothing else is.
pub(crate) fn check(database: &mut dyn Database) {
    let dialect = database.dialect();
    let schema = schema("#[lucia(unique(nocase), max_length = 32)] pub name: String");
    database.fresh(&sql::create(&schema, dialect), "");
    let mut insert = |id: &str, name: &str| {
        let name = sql::text(name, dialect);
        database.execute(&format!("INSERT INTO auth_user (id, name) VALUES ('{id}', {name})"))
    };
    insert("1", "Ada").unwrap();
    for equal in ["Ada", "ada", "ADA", "aDa"] {
        let error = insert("x", equal).unwrap_err();
        assert!(
            error.to_lowercase().contains("unique") || error.contains("Duplicate"),
            "{dialect} {equal}: {error}"
        );
    }
    for (id, other) in [
        ("2", "Ada "),
        ("3", " ada"),
        ("4", "Äda"),
        ("5", "äda"),
        ("6", "ÁDA"),
        ("7", "ad\u{131}"),
        ("8", "adá"),
    ] {
        insert(id, other).unwrap_or_else(|error| panic!("{dialect} {other:?}: {error}"));
    }
    for (name, ids) in [("ada", "0 1"), ("ada ", "0 2"), ("Äda", "0 4"), ("äda", "0 5"), ("Áda", "0 6")] {
        // What is looked up is folded by the adapter, letters of ASCII only.
        assert_eq!(
            database.state(&found(dialect, &name.to_ascii_lowercase())).rows,
            [ids],
            "{dialect} {name:?}"
        );
    }
    assert!(database.state(&found(dialect, "ad")).rows.is_empty());
    database.execute("UPDATE auth_user SET name = 'Bea' WHERE id = '1'").unwrap();
    assert_eq!(database.state(&found(dialect, "bea")).rows, ["0 1"]);
}

#[test]
fn sqlite_takes_letters_of_ascii_for_equal() {
    check(&mut Sqlite::new(Runner::ForeignKeysOn));
}
