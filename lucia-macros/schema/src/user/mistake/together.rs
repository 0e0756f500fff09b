//! `unique(..)` above the struct does not name attributes that can be unique together.

use std::fmt;

use super::Rule;

#[derive(Clone, Debug)]
pub(crate) enum Together {
    Unknown { name: String, meant: Option<String> },
    One { name: String },
    Twice { name: String },
    Again { names: String },
    Native { name: String },
}

impl Together {
    pub(crate) const fn rule(&self) -> Rule {
        match self {
            Self::Unknown { .. } => Rule::TogetherUnknown,
            Self::One { .. } => Rule::TogetherOne,
            Self::Twice { .. } => Rule::TogetherTwice,
            Self::Again { .. } => Rule::TogetherAgain,
            Self::Native { .. } => Rule::TogetherNative,
        }
    }
}

impl fmt::Display for Together {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { name, meant: Some(meant) } => {
                write!(f, "the struct has no field `{name}`\nhelp: did you mean `{meant}`?")
            }
            Self::Unknown { name, meant: None } if name == "id" => f.write_str(
                "`id` is unique on its own already; name other fields, for example `#[lucia(unique(tenant, name))]`",
            ),
            Self::Unknown { name, meant: None } => write!(
                f,
                "the struct has no field `{name}`; name two or more of its fields, for example \
                 `#[lucia(unique(tenant, name))]`"
            ),
            Self::One { name } => write!(
                f,
                "`unique` above a struct takes two or more fields; for `{name}` alone write `#[lucia(unique)]` above that field"
            ),
            Self::Twice { name } => write!(f, "`{name}` is named twice; remove one of the two"),
            Self::Again { names } => {
                write!(f, "these fields are unique together already, whatever their order; remove this `unique({names})`")
            }
            Self::Native { name } => write!(
                f,
                "`{name}` has a `sql_type`, and lucia cannot compare values of the database's own types; remove this \
                 `unique(..)`, and make the unique index in a migration of your own"
            ),
        }
    }
}
