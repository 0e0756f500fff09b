//! What can be wrong with the file of the user struct.

use std::fmt;
use std::path::PathBuf;

use super::list;
use crate::Database;

/// Something about the file of the struct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum InSource {
    /// It is not there, or cannot be read.
    Unreadable { file: PathBuf, error: String },
    /// It has no such struct.
    None { file: PathBuf, names: Vec<String>, wanted: Option<String> },
    /// It has several, and none was named.
    Several { file: PathBuf, names: Vec<String> },
    /// An attribute has no column on a database that the app has.
    NoColumnType { file: PathBuf, column: String, database: Database },
    /// It and the build script name two folders of migrations.
    OtherFolder { file: PathBuf, said: String, named: String },
    /// It has several of one name.
    SameName { file: PathBuf, name: String },
}

impl fmt::Display for InSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { file, error } => write!(
                f,
                "the file of the user struct, `{}`, cannot be read: {error}; name the right one in `build.rs`, as it is \
                 called from the folder of `Cargo.toml`",
                file.display()
            ),
            Self::None { file, names, .. } if names.is_empty() => write!(
                f,
                "no struct in `{}` has `LuciaUser` in its `#[derive(..)]`; name the file of your user struct in `build.rs`, \
                 and write the `derive` there as it is, not by a macro or `cfg_attr`",
                file.display()
            ),
            Self::None { file, names, wanted } => write!(
                f,
                "`{}` in `{}` does not derive `LuciaUser`, and these do: {}; name one of them in `build.rs`, for example \
                 `.named({:?})`",
                wanted.as_deref().unwrap_or_default(),
                file.display(),
                list(names),
                names.first().map_or("User", String::as_str)
            ),
            Self::Several { file, names } => write!(
                f,
                "several structs in `{}` derive `LuciaUser`: {}; say in `build.rs` which is meant, for example `.named({:?})`",
                file.display(),
                list(names),
                names.first().map_or("User", String::as_str)
            ),
            Self::NoColumnType { file, column, database } => write!(
                f,
                "the attribute with the column `{column}` in `{}` has a `sql_type` and no column type for {database}, which \
                 `build.rs` names; write `{database} = \"..\"` beside its `sql_type`, or do not name that database",
                file.display()
            ),
            Self::OtherFolder { file, said, named } => write!(
                f,
                "the struct in `{}` has `#[lucia(migrations = {said:?})]`, and `build.rs` the folder `{named}`; write `.migrations({said:?})` \
                 there, or leave the attribute out, since a build script says the same without it",
                file.display()
            ),
            Self::SameName { file, name } => write!(
                f,
                "several structs called `{name}` in `{}` derive `LuciaUser`; move one of them to a file of its own",
                file.display()
            ),
        }
    }
}
