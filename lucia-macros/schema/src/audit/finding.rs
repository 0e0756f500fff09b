//! What an audit finds.

use std::fmt;

use serde::Serialize;

/// Something that is not as it should be in a database. Its [`Display`](fmt::Display) tells all of it in a sentence or two;
/// for machines it can be serialised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// Which kind of finding it is.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// The table, unless it is about the connection or the whole database.
    pub table: Option<String>,
    /// The column; several with commas between them.
    pub column: Option<String>,
    /// The index or the foreign key: as it is called where it is there, else as it should be called.
    pub index: Option<String>,
    /// What is.
    pub is: String,
    /// What should be.
    pub should_be: String,
    /// What follows from the difference.
    pub consequence: String,
    /// What to do, in words.
    pub mend: String,
    /// Statements that do it, where it can be done by statements alone. They keep every row or fail.
    pub sql: Option<String>,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Everything works, though slower, or with a trap for later.
    Warning,
    /// What lucia promises does not hold: operations fail, or values are not what was written.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])+ $name:ident = $text:literal,)+) => {
        /// Which kind of finding it is. Its name stays the same from release to release.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$doc])+ $name,)+
        }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The name, as it is printed and given to machines.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)+
                }
            }
        }
    };
}

codes! {
    /// The connection does not reject values that do not fit (MySQL).
    SqlMode = "sql_mode",
    /// The connection does not enforce foreign keys (SQLite, MySQL).
    ForeignKeysOff = "foreign_keys_off",
    /// The database does not hold every script (PostgreSQL).
    Encoding = "encoding",
    /// A table is missing.
    MissingTable = "missing_table",
    /// A table is kept by an engine without transactions and foreign keys (MySQL).
    Engine = "engine",
    /// A column is missing.
    MissingColumn = "missing_column",
    /// A column that lucia does not know must have a value.
    ExtraColumn = "extra_column",
    /// A column holds something else.
    OtherType = "other_type",
    /// A column has less room than it should.
    NarrowType = "narrow_type",
    /// A column may be null and should not.
    Nullable = "nullable",
    /// A column may not be null and should.
    NotNull = "not_null",
    /// A column has no default and should.
    MissingDefault = "missing_default",
    /// A column has another default.
    OtherDefault = "other_default",
    /// A column is computed by the database and should not be, or the other way round.
    Generated = "generated",
    /// Texts that differ are equal in a column.
    Collation = "collation",
    /// A column does not hold every script (MySQL).
    Charset = "charset",
    /// The primary key is another one.
    PrimaryKey = "primary_key",
    /// Values that should be unique need not be.
    MissingUnique = "missing_unique",
    /// An index that makes queries fast is missing.
    MissingIndex = "missing_index",
    /// An index that lucia does not know refuses values.
    ExtraUnique = "extra_unique",
    /// An index has another name.
    IndexName = "index_name",
    /// A foreign key is missing.
    MissingForeignKey = "missing_foreign_key",
    /// A foreign key deletes or changes rows when the row that they refer to is deleted.
    ForeignKeyAction = "foreign_key_action",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { is, should_be, consequence, mend, .. } = self;
        write!(f, "{} is {is} and should be {should_be}: {consequence}. {mend}", Place(self))?;
        match &self.sql {
            Some(sql) => write!(f, ": {sql}"),
            None => f.write_str("."),
        }
    }
}

/// What a finding is about.
struct Place<'a>(&'a Finding);

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding { code, table, column, index, .. } = self.0;
        let table = table.as_deref().unwrap_or_default();
        let column = column.as_deref().unwrap_or_default();
        let index = index.as_deref().unwrap_or_default();
        match code {
            Code::SqlMode => f.write_str("The SQL mode of this connection"),
            Code::ForeignKeysOff => f.write_str("The enforcement of foreign keys on this connection"),
            Code::Encoding => f.write_str("The encoding of the database"),
            Code::MissingTable => write!(f, "`{table}`"),
            Code::Engine => write!(f, "The storage engine of `{table}`"),
            Code::PrimaryKey => write!(f, "The primary key of `{table}`"),
            Code::MissingDefault | Code::OtherDefault => write!(f, "The default of `{table}.{column}`"),
            Code::Collation => write!(f, "The collation of `{table}.{column}`"),
            Code::Charset => write!(f, "The character set of `{table}.{column}`"),
            Code::MissingForeignKey | Code::ForeignKeyAction => {
                write!(f, "The foreign key of `{table}.{column}`")
            }
            Code::IndexName => write!(f, "The index on `{column}` of `{table}`"),
            Code::MissingUnique | Code::MissingIndex | Code::ExtraUnique => {
                write!(f, "The index `{index}` of `{table}`")
            }
            Code::MissingColumn
            | Code::ExtraColumn
            | Code::OtherType
            | Code::NarrowType
            | Code::Nullable
            | Code::NotNull
            | Code::Generated => write!(f, "`{table}.{column}`"),
        }
    }
}
