//! A type cannot be stored, and what is said about it.

use std::fmt;

use super::Rule;
use crate::{Dialect, Kind};

/// A type cannot be stored.
#[derive(Clone, Debug)]
pub(crate) enum Typing {
    Unsupported { found: String },
    NoValue { found: String },
    Instead { found: String, write: String },
    Borrowed { found: String, write: String },
    AnotherUser,
    NestedOption { inner: String },
    Collection { found: String },
    StoredAs { found: String },
    StoredAsOption { inner: String },
    NoColumnType,
    ColumnType { dialect: Dialect },
    Nullable { inner: String, optional: Option<String> },
    NoDatabase { dialect: Dialect, other: String },
}

impl Typing {
    pub(crate) const fn rule(&self) -> Rule {
        match self {
            Self::Unsupported { .. } | Self::NoValue { .. } | Self::Collection { .. } => Rule::Unsupported,
            Self::Instead { .. } | Self::Borrowed { .. } => Rule::Instead,
            Self::AnotherUser => Rule::AnotherUser,
            Self::NestedOption { .. } => Rule::NestedOption,
            Self::StoredAs { .. } | Self::StoredAsOption { .. } => Rule::StoredAs,
            Self::NoColumnType => Rule::NoColumnType,
            Self::ColumnType { .. } => Rule::ColumnType,
            Self::Nullable { .. } => Rule::Nullable,
            Self::NoDatabase { .. } => Rule::NoDatabase,
        }
    }
}

impl fmt::Display for Typing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsupported { found } => {
                write!(
                    f,
                    "lucia cannot tell how `{found}` is stored; write `#[lucia(stored_as = String)]` above the field and \
                     `#[derive(lucia::LuciaAttribute)]` above the enum or newtype, or `#[lucia(stored_as = Json)]` above the \
                     field of a type with serde's derives\nhelp: no `stored_as` is needed for `{}` and an `Option` of one; write \
                     these out instead of an alias",
                    known()
                )
            }
            Self::Collection { found } => write!(
                f,
                "`{found}` has no column type on every database; keep the values in a table of your own that refers to the \
                 user's `id`, or all of them as JSON: `#[lucia(stored_as = Json)]`"
            ),
            Self::NoValue { found } => write!(
                f,
                "`{found}` holds nothing that could be stored; remove the field, or make it one of `{}` or an `Option` of one",
                known()
            ),
            Self::Instead { found, write } => {
                write!(f, "`{found}` has no column type on every database; write `{write}`")
            }
            Self::Borrowed { found, write } => {
                write!(f, "`{found}` is borrowed, and a user owns its values; write `{write}`")
            }
            Self::AnotherUser => f.write_str(
                "only the field `id` can be a `UserId`; keep the id of another user as text: write `String`",
            ),
            Self::NestedOption { inner } => write!(
                f,
                "an `Option` in an `Option` cannot be stored, since a column has only one `NULL`; write `Option<{inner}>`"
            ),
            Self::StoredAs { found } => write!(
                f,
                "`stored_as` cannot be `{found}`; write `Json` or one of `{}`, for example `#[lucia(stored_as = String)]`",
                declarable()
            ),
            Self::StoredAsOption { inner } => write!(
                f,
                "`stored_as` cannot be an `Option`, since the field's own type says whether there is a value; write \
                 `#[lucia(stored_as = {inner})]`, and `Option` in the field's type only"
            ),
            Self::NoColumnType => f.write_str(
                "`sql_type` needs the column's type in SQL for each database of the app; write for example \
                 `#[lucia(sql_type = Double, sqlite = \"DOUBLE\")]`",
            ),
            Self::ColumnType { dialect } => write!(
                f,
                "the type of a column is one or more letters, digits, spaces and `_ . , ( ) [ ]`, as in `CREATE TABLE`; write \
                 for example `#[lucia({dialect} = \"DECIMAL(10, 2)\")]`"
            ),
            Self::Nullable { inner, optional } => {
                write!(
                    f,
                    "`sql_type` is never `Nullable`, since the field's own type says whether there is a value; write \
                     `sql_type = {inner}`"
                )?;
                match optional {
                    Some(ty) => write!(f, ", and `Option<{ty}>` for the field if a user may have none"),
                    None => Ok(()),
                }
            }
            Self::NoDatabase { dialect, other } => write!(
                f,
                "no database has a column for both this field and `{other}`; add this field's column type on one that \
                 `{other}` names: `{dialect} = \"..\"`"
            ),
        }
    }
}

fn known() -> String {
    Kind::PORTABLE.map(Kind::rust_name).join("`, `")
}

/// The types that an enum or a newtype can be stored as.
pub(super) fn declarable() -> String {
    let kinds = Kind::PORTABLE.into_iter().filter(|kind| *kind != Kind::Json);
    kinds.map(Kind::rust_name).collect::<Vec<_>>().join("`, `")
}
