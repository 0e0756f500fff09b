//! The tables as data: neutral between databases, in a fixed order, without anything that only Rust cares about.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Default, Dialect};

/// All tables of one user type, parents before children; or the table of sessions alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// User, session and key table, in this order, unless there are no users.
    pub tables: Vec<Table>,
}

/// One table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Its name, unquoted.
    pub name: String,
    /// Its columns, in order of declaration.
    pub columns: Vec<Column>,
    /// The columns of the primary key.
    pub primary_key: Vec<String>,
    /// Its indexes; uniqueness is always one of these and never part of a column, so that it can be dropped again.
    pub indexes: Vec<Index>,
    /// What it refers to.
    pub foreign_keys: Vec<ForeignKey>,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its name, unquoted.
    pub name: String,
    /// What it holds.
    #[serde(rename = "type")]
    pub ty: Type,
    /// Whether it may be null.
    pub nullable: bool,
    /// What it holds when nothing is given.
    pub default: Option<Default>,
}

/// A portable column type.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Type {
    /// Variable-length ASCII, compared byte for byte.
    Id {
        /// The most bytes it holds.
        max_bytes: u32,
    },
    /// Text in any script.
    Text {
        /// The most characters it holds.
        max_length: Option<u32>,
    },
    /// True or false.
    Bool,
    /// 16 bits, signed.
    I16,
    /// 32 bits, signed.
    I32,
    /// 64 bits, signed.
    I64,
    /// A number in single precision.
    F32,
    /// A number in double precision.
    F64,
    /// Bytes.
    Bytes {
        /// The most bytes it holds.
        max_length: Option<u32>,
    },
    /// A calendar date.
    Date,
    /// A time of day.
    Time,
    /// A point in time, in UTC.
    Timestamp,
    /// The 16 bytes of a UUID.
    Uuid,
    /// A type of the databases' own, as each of them spells it. One without a spelling is not one that the app has.
    Native(Native),
}

/// How the databases spell a column type of their own.
#[derive(Clone, Debug, std::default::Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Native {
    /// On SQLite.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sqlite: Option<String>,
    /// On PostgreSQL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postgres: Option<String>,
    /// On MySQL and MariaDB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mysql: Option<String>,
}

impl Type {
    /// What Diesel calls it in `table!`, one name for all databases: an item of `diesel::sql_types`. `None` for a native
    /// type, which names its own by `sql_type`.
    ///
    /// # Example
    ///
    /// ```
    /// use lucia_schema::Type;
    ///
    /// assert_eq!(Type::I64.diesel_name(), Some("BigInt"));
    /// assert_eq!(Type::Uuid.diesel_name(), Some("Binary"));
    /// ```
    #[must_use]
    pub const fn diesel_name(&self) -> Option<&'static str> {
        Some(match self {
            Self::Id { .. } | Self::Text { .. } => "Text",
            Self::Bool => "Bool",
            Self::I16 => "SmallInt",
            Self::I32 => "Integer",
            Self::I64 => "BigInt",
            Self::F32 => "Float",
            Self::F64 => "Double",
            Self::Bytes { .. } | Self::Uuid => "Binary",
            Self::Date => "Date",
            Self::Time => "Time",
            Self::Timestamp => "Timestamp",
            Self::Native(_) => return None,
        })
    }
}

impl Native {
    /// The spelling on one database.
    #[must_use]
    pub fn on(&self, dialect: Dialect) -> Option<&str> {
        match dialect {
            Dialect::Sqlite => self.sqlite.as_deref(),
            Dialect::Postgres => self.postgres.as_deref(),
            Dialect::Mysql => self.mysql.as_deref(),
        }
    }
}

/// One index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Index {
    /// Its name: `table_column_key` when unique, else `table_column_idx`.
    pub name: String,
    /// The columns it covers.
    pub columns: Vec<String>,
    /// Whether it refuses a second equal value.
    pub unique: bool,
    /// Whether it takes the letters A to Z and a to z for equal. Such an index covers one column of text.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nocase: bool,
}

/// A reference from one table to another.
///
/// It has no action on delete: while a parent is rebuilt, a cascade would silently take keys and sessions with it,
/// whereas a plain reference makes the rebuild fail. Lucia deletes children before their parent in one transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForeignKey {
    /// Its name: `table_column_fkey`.
    pub name: String,
    /// The columns that refer.
    pub columns: Vec<String>,
    /// The table referred to.
    pub table: String,
    /// The columns referred to.
    pub references: Vec<String>,
}

impl Schema {
    /// 16 hexadecimal digits that stand for these tables.
    ///
    /// Equal for tables without a difference by [`diff`](fn@crate::diff) between them, whatever the order of fields, the docs, the
    /// visibility and the Rust names of the struct they come from.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut ordered = self.clone();
        for table in &mut ordered.tables {
            table.columns.sort_by(|a, b| a.name.cmp(&b.name));
            table.indexes.sort_by(|a, b| a.name.cmp(&b.name));
            table.foreign_keys.sort_by(|a, b| a.name.cmp(&b.name));
        }
        // Structs serialise in order of declaration and there is no map in the model: the compact form is canonical.
        // Serialising plain data to memory cannot fail; were that to change, an empty text would differ from all others.
        let canonical = serde_json::to_string(&ordered).unwrap_or_default();
        hex(&canonical, 8)
    }

    /// The table and the column that a database cannot have, since its type is not spelt for it.
    #[must_use]
    pub fn missing_type(&self, dialect: Dialect) -> Option<(&Table, &Column)> {
        let columns =
            self.tables.iter().flat_map(|table| table.columns.iter().map(move |column| (table, column)));
        columns
            .into_iter()
            .find(|(_, column)| matches!(&column.ty, Type::Native(native) if native.on(dialect).is_none()))
    }

    /// The table of that name.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == name)
    }
}

impl Table {
    /// JSON on one line.
    ///
    /// # Example
    ///
    /// ```
    /// use lucia_schema::{Schema, Table};
    ///
    /// let sessions = &Schema::sessions().tables[0];
    /// assert_eq!(&Table::from_json(&sessions.to_json())?, sessions);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        // As above, this cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what [`Table::to_json`] wrote.
    ///
    /// # Errors
    ///
    /// If the text is none that it writes.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The column of that name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Whether an index, the primary key or a foreign key covers the column, so that its comparison must be exact.
    #[must_use]
    pub fn is_keyed(&self, column: &str) -> bool {
        let covers = |columns: &[String]| columns.iter().any(|name| name == column);
        covers(&self.primary_key)
            || self.indexes.iter().any(|index| covers(&index.columns))
            || self.foreign_keys.iter().any(|key| covers(&key.columns))
    }
}

/// The first `bytes` bytes of the SHA-256 of a text, in hexadecimal.
pub(crate) fn hex(text: &str, bytes: usize) -> String {
    use std::fmt::Write as _;

    Sha256::digest(text).iter().take(bytes).fold(String::new(), |mut out, byte| {
        // Writing to a `String` cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}
