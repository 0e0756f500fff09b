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
                write!(f, "the struct has no attribute `{name}`; did you mean `{meant}`?")
            }
            Self::Unknown { name, meant: None } if name == "id" => f.write_str(
                "`id` is unique already and alone; name other attributes, for example `#[lucia(unique(tenant, name))]`",
            ),
            Self::Unknown { name, meant: None } => write!(
                f,
                "the struct has no attribute `{name}`; name two or more of its fields, for example \
                 `#[lucia(unique(tenant, name))]`"
            ),
            Self::One { name } => write!(
                f,
                "`unique` above the struct names two attributes or more; one alone is unique by `#[lucia(unique)]` above \
                 the field `{name}`"
            ),
            Self::Twice { name } => write!(
                f,
                "`{name}` is named twice; name each attribute once, for example `#[lucia(unique(tenant, name))]`"
            ),
            Self::Again { names } => {
                write!(f, "these attributes are unique together already; keep one `#[lucia(unique({names}))]`")
            }
            Self::Native { name } => write!(
                f,
                "`{name}` has a `sql_type`, and lucia cannot compare values of a type of the database; make the unique \
                 index in a migration of your own, and remove this `unique(..)`"
            ),
        }
    }
}
