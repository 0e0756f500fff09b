//! `renamed_from` does not say what a column or the user table was called.

use std::fmt;

use super::Rule;

#[derive(Clone, Debug)]
pub(crate) enum Renaming {
    ColumnItself { name: String },
    TableItself { name: String },
    NoColumn { name: String },
    NoTable { name: String },
    Id { name: String },
    Twice { name: String, other: String },
    Circle { table: String, renames: Vec<(String, String)> },
}

impl Renaming {
    pub(crate) const fn rule(&self) -> Rule {
        match self {
            Self::ColumnItself { .. } | Self::TableItself { .. } => Rule::RenamedFromItself,
            Self::NoColumn { .. } | Self::NoTable { .. } => Rule::RenamedFromNoName,
            Self::Id { .. } => Rule::RenamedFromId,
            Self::Twice { .. } => Rule::RenamedTwice,
            Self::Circle { .. } => Rule::RenamedInCircle,
        }
    }
}

impl fmt::Display for Renaming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ColumnItself { name } => write!(
                f,
                "the column is called `{name}` now; write in `renamed_from` what it was called before, for example \
                 `#[lucia(renamed_from = \"old_{name}\")]`, or remove it"
            ),
            Self::TableItself { name } => write!(
                f,
                "the user table is called `{name}` now; write its new name too, for example \
                 `#[lucia(user_table = \"member\", renamed_from = \"{name}\")]`, or remove `renamed_from`"
            ),
            Self::NoColumn { name } => write!(
                f,
                "no column was ever called {}; a name has 1 to 63 of the characters `a-z`, `A-Z`, `0-9` and `_` and does not \
                 begin with a digit, for example `#[lucia(renamed_from = \"nick_name\")]`",
                super::shown(name)
            ),
            Self::NoTable { name } => write!(
                f,
                "no table was ever called {}; a name has 1 to 63 of the characters `a-z`, `A-Z`, `0-9` and `_` and does not \
                 begin with a digit, for example `#[lucia(user_table = \"member\", renamed_from = \"auth_user\")]`",
                super::shown(name)
            ),
            Self::Id { name } => write!(
                f,
                "the column `{name}` is that of the field `id` and keeps its name; write another one, for example \
                 `#[lucia(renamed_from = \"public_id\")]`, or remove it"
            ),
            Self::Twice { name, other } => write!(
                f,
                "the column `{name}` cannot become two, and the field `{other}` is renamed from it already; keep \
                 `#[lucia(renamed_from = \"{name}\")]` above one of the two, so that the other is a new column"
            ),
            Self::Circle { table, renames } => {
                let flags: Vec<String> =
                    renames.iter().map(|(from, to)| format!("--rename {table}.{from}={to}")).collect();
                write!(
                    f,
                    "the names go round in a circle, so that nothing tells whether they have been renamed already; remove \
                     `renamed_from` from each, and run `cargo lucia migrate make {}` once",
                    flags.join(" ")
                )
            }
        }
    }
}
