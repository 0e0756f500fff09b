//! The query, and the rows that it yields.

use lucia_schema::audit::{Live, Row, query};
use lucia_schema::{Dialect, Schema};

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
