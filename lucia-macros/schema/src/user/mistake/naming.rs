//! A name is not one that every database and Diesel take, and what is said about it.

use std::fmt;

use super::Rule;
use crate::{AttributeSpec, Position};

/// A name is not one that every database and Diesel take.
#[derive(Clone, Debug)]
pub(crate) enum Naming {
    Column { name: String },
    Table { name: String, attribute: &'static str },
    ReservedColumn { name: String },
    ReservedTable { name: String, attribute: &'static str },
    SameColumn { name: String, other: String },
    IdColumn { name: String },
    SameTable { name: String, attribute: &'static str },
    Field { name: String, ty: String },
    Underscores { name: String, ty: String },
    FieldIsTable { name: String, ty: String },
    Folder { name: String },
}

impl Naming {
    pub(crate) const fn rule(&self) -> Rule {
        match self {
            Self::Column { .. } => Rule::Column,
            Self::Table { .. } => Rule::Table,
            Self::ReservedColumn { .. } => Rule::ReservedColumn,
            Self::ReservedTable { .. } => Rule::ReservedTable,
            Self::SameColumn { .. } => Rule::SameColumn,
            Self::IdColumn { .. } => Rule::IdColumn,
            Self::SameTable { .. } => Rule::SameTable,
            Self::Field { .. } => Rule::ItemOfDiesel,
            Self::Underscores { .. } => Rule::Underscores,
            Self::FieldIsTable { .. } => Rule::FieldIsTable,
            Self::Folder { .. } => Rule::Folder,
        }
    }
}

impl fmt::Display for Naming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Column { name } => write!(
                f,
                "{} cannot name a column on every database; a name has 1 to 63 of the characters `a-z`, `A-Z`, `0-9` and `_` \
                 and does not begin with a digit, for example `#[lucia(column = \"nick_name\")]`",
                shown(name)
            ),
            Self::Table { name, attribute } => write!(
                f,
                "{} cannot name a table on every database; a name has 1 to 63 of the characters `a-z`, `A-Z`, `0-9` and `_` \
                 and does not begin with a digit, for example `{}`",
                shown(name),
                table_example(attribute)
            ),
            Self::ReservedColumn { name } if name.starts_with("__") => write!(
                f,
                "a column cannot be called `{name}`, since names that begin with `__` belong to Diesel and migrations; choose \
                 another name, for example `#[lucia(column = \"user_{}\")]`",
                name.trim_start_matches('_')
            ),
            Self::ReservedColumn { name } => write!(
                f,
                "every table of PostgreSQL has a column `{name}` already; choose another name, for example \
                 `#[lucia(column = \"user_{name}\")]`"
            ),
            Self::ReservedTable { name, attribute } => write!(
                f,
                "a table cannot be called `{name}`, since `sqlite_`, `pg_` and `__` at the beginning belong to SQLite, \
                 PostgreSQL and Diesel, and `self`, `super`, `crate` and `_` to Rust; choose another name, for example `{}`",
                table_example(attribute)
            ),
            Self::SameColumn { name, other } => write!(
                f,
                "the column `{name}` is already that of the field `{other}`, upper and lower case being equal; choose another \
                 name, for example `#[lucia(column = \"{name}_2\")]`"
            ),
            Self::IdColumn { name } => write!(
                f,
                "the column `{name}` is already that of the field `id`, upper and lower case being equal; choose another name, \
                 for example `#[lucia(column = \"public_id\")]`"
            ),
            Self::SameTable { name, attribute } => write!(
                f,
                "two tables of this user type are called `{name}`, upper and lower case being equal; choose another name, for \
                 example `{}`",
                table_example(attribute)
            ),
            Self::Field { name, ty } => write!(
                f,
                "a field cannot be called `{name}`, since Diesel's `table!` has an item of that name; rename it and \
                 keep the column: `#[lucia(column = \"{name}\")] pub user_{}: {ty}`",
                name.trim_start_matches('_')
            ),
            Self::Underscores { name, ty } => write!(
                f,
                "a field cannot be called `{name}`, since names that begin with `__` belong to Diesel and migrations; rename \
                 it: `pub user_{}: {ty}`",
                name.trim_start_matches('_')
            ),
            Self::FieldIsTable { name, ty } => write!(
                f,
                "a field cannot be called `{name}` like its table, since Diesel's `table!` makes a module of that \
                 name; rename it and keep the column: `#[lucia(column = \"{name}\")] pub user_{name}: {ty}`"
            ),
            Self::Folder { name } => write!(
                f,
                "`{name}` is not a folder below that of `Cargo.toml`, with `/` between its parts; write for example \
                 `#[lucia(migrations = \"migrations\")]`"
            ),
        }
    }
}

/// A name as it was given.
pub(crate) fn shown(name: &str) -> String {
    if name.is_empty() { "an empty string".to_owned() } else { format!("`{name}`") }
}

fn table_example(attribute: &str) -> String {
    AttributeSpec::find(attribute, Position::Struct).map(AttributeSpec::written).unwrap_or_default()
}
