//! What a database says of itself, as plain data.

use std::collections::BTreeMap;

use crate::Dialect;

/// What a database says of itself: the settings of the connection, and those tables of a schema that are there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Live {
    /// Settings by name. One that is not there is not judged.
    pub settings: BTreeMap<String, String>,
    /// The tables.
    pub tables: Vec<Table>,
}

/// A table that is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its storage engine, where the database has several.
    pub engine: Option<String>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The columns of its primary key.
    pub primary_key: Vec<String>,
    /// Its indexes, those of the primary key and of unique constraints included.
    pub indexes: Vec<Index>,
    /// What it refers to.
    pub foreign_keys: Vec<ForeignKey>,
}

/// A column that is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type, as the catalogue spells it.
    pub ty: String,
    /// Whether it may be null.
    pub nullable: bool,
    /// Its default, as the catalogue spells it; empty for one that the catalogue does not tell, such as the next number.
    pub default: Option<String>,
    /// Its collation, if it is text and the database tells.
    pub collation: Option<String>,
    /// Whether only texts of equal bytes are equal in it.
    pub exact: bool,
    /// How the database computes it, if nobody can write it.
    pub generated: Option<String>,
}

/// An index that is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    /// Its name.
    pub name: String,
    /// Whether it refuses a second equal value.
    pub unique: bool,
    /// Whether it covers only some rows, or only the beginning of values.
    pub partial: bool,
    /// Whether it is that of the primary key.
    pub primary: bool,
    /// What it covers.
    pub parts: Vec<Part>,
}

/// What an index covers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The column, unless it is an expression.
    pub column: Option<String>,
    /// The expression, else empty. SQLite tells it as part of the statement that made the index.
    pub expression: String,
    /// The collation, if the database tells.
    pub collation: Option<String>,
}

/// A foreign key that is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ForeignKey {
    /// Its name; on SQLite a number.
    pub name: String,
    /// The columns that refer.
    pub columns: Vec<String>,
    /// The table referred to.
    pub table: String,
    /// The columns referred to; on SQLite empty where the key does not name them, which means the primary key.
    pub references: Vec<String>,
    /// What happens to rows when the row that they refer to is deleted: `NO ACTION`, `CASCADE`, ..
    pub on_delete: String,
}

impl Live {
    /// The table of that name.
    #[must_use]
    pub fn table(&self, name: &str, dialect: Dialect) -> Option<&Table> {
        self.tables.iter().find(|table| same_name(&table.name, name, dialect))
    }
}

impl Table {
    /// The column of that name.
    #[must_use]
    pub fn column(&self, name: &str, dialect: Dialect) -> Option<&Column> {
        self.columns.iter().find(|column| same_name(&column.name, name, dialect))
    }
}

/// Whether two names mean one thing. Only PostgreSQL takes quoted names as they are.
pub(super) fn same_name(a: &str, b: &str, dialect: Dialect) -> bool {
    match dialect {
        Dialect::Postgres => a == b,
        Dialect::Sqlite | Dialect::Mysql => a.eq_ignore_ascii_case(b),
    }
}

/// Whether two lists name the same columns, in whatever order.
pub(super) fn same_names(a: &[String], b: &[String], dialect: Dialect) -> bool {
    a.len() == b.len() && a.iter().all(|a| b.iter().any(|b| same_name(a, b, dialect)))
}
