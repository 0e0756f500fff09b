//! How scripts are put together.

use crate::{Dialect, Index, Table, sql};

/// A script in the making.
#[derive(Default)]
pub(super) struct Text {
    sql: String,
}

impl Text {
    /// Adds a statement.
    pub(super) fn say(&mut self, statement: &str) {
        self.sql.push_str(statement);
        self.sql.push_str(";\n");
    }

    /// Adds a comment of one line.
    pub(super) fn note(&mut self, comment: &str) {
        self.sql.push_str("-- ");
        self.sql.push_str(comment);
        self.sql.push('\n');
    }

    /// Adds comments of one line each.
    pub(super) fn notes(&mut self, comments: impl IntoIterator<Item = String>) {
        comments.into_iter().for_each(|comment| self.note(&comment));
    }

    /// Adds what is whole already.
    pub(super) fn append(&mut self, statements: &str) {
        self.sql.push_str(statements);
    }

    pub(super) fn finish(self, dialect: Dialect) -> String {
        if self.sql.is_empty() { nothing(dialect).to_owned() } else { self.sql }
    }
}

/// A script that is only a comment is an error on MySQL, and an empty one to Diesel.
const fn nothing(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite | Dialect::Postgres => "-- Nothing changes on this database.\nSELECT 1;\n",
        // It returns no rows, which a caller would have to read.
        Dialect::Mysql => "-- Nothing changes on this database.\nDO 0;\n",
    }
}

/// What a person should know about a column that is dropped, or that comes back after it was.
pub(super) fn lost(column: &str) -> String {
    format!("The values of `{column}` are lost.")
}

/// A query for what makes a new unique index fail.
pub(super) fn duplicates(table: &Table, index: &Index, dialect: Dialect) -> String {
    let quoted = |column: &String| sql::identifier(column, dialect);
    let present: Vec<String> =
        index.columns.iter().map(|column| format!("{} IS NOT NULL", quoted(column))).collect();
    let compared: Vec<String> =
        index.columns.iter().map(|column| compared(&quoted(column), index, dialect)).collect();
    let compared = compared.join(", ");
    format!(
        "Fails while rows are alike in it: SELECT {compared}, count(*) FROM {} WHERE {} GROUP BY {compared} HAVING count(*) > 1",
        sql::identifier(&table.name, dialect),
        present.join(" AND "),
    )
}

/// What two rows are compared by. On MySQL the collation of the column from before may take more for equal.
fn compared(column: &str, index: &Index, dialect: Dialect) -> String {
    let folded = if index.nocase { format!("lower({column})") } else { column.to_owned() };
    if dialect == Dialect::Mysql { format!("CAST({folded} AS BINARY)") } else { folded }
}
