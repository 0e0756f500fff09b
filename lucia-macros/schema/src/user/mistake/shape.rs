//! The struct as a whole is not one that can be a user.

use std::fmt;

use super::Rule;
use crate::MAX_COLUMNS;

#[derive(Clone, Debug)]
pub(crate) enum Shape {
    NotAStruct { found: &'static str },
    Generics,
    WhereClause,
    MissingId,
    IdType,
    IdAttributes,
    TooManyColumns { count: usize },
    Cfg { attribute: &'static str },
}

impl Shape {
    pub(crate) const fn rule(&self) -> Rule {
        match self {
            Self::NotAStruct { .. } => Rule::NotAStruct,
            Self::Generics => Rule::Generics,
            Self::WhereClause => Rule::WhereClause,
            Self::MissingId => Rule::MissingId,
            Self::IdType => Rule::IdType,
            Self::IdAttributes => Rule::IdAttributes,
            Self::TooManyColumns { .. } => Rule::TooManyColumns,
            Self::Cfg { .. } => Rule::Cfg,
        }
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAStruct { found } => write!(
                f,
                "`LuciaUser` can be derived for structs with named fields, not for {found}; \
                 write `pub struct User {{ pub id: lucia::UserId }}`"
            ),
            Self::Generics => f.write_str(
                "a user struct cannot have generics or lifetimes, since one struct is one table; give every field a concrete, \
                 owned type: `pub struct User { pub id: lucia::UserId, pub name: String }`",
            ),
            Self::WhereClause => f.write_str(
                "a user struct cannot have a `where` clause, since one struct is one table; remove it: \
                 `pub struct User { pub id: lucia::UserId }`",
            ),
            Self::MissingId => {
                f.write_str("missing field `id`, which every user has; add `pub id: lucia::UserId`")
            }
            Self::IdType => f.write_str(
                "the field `id` must be a `UserId`, to which sessions and keys refer; write `pub id: lucia::UserId`",
            ),
            Self::IdAttributes => f.write_str(
                "the field `id` takes no `lucia` attributes, since its column is always the same; write `pub id: lucia::UserId`",
            ),
            Self::TooManyColumns { count } => write!(
                f,
                "a user struct can have at most {MAX_COLUMNS} fields, `id` included, and this one has {count}; keep the \
                 others in a table of your own, for example `profile`, whose `user_id` refers to `id`"
            ),
            Self::Cfg { attribute } => write!(
                f,
                "no part of a user struct can depend on `{attribute}`, since the derive sees the struct after it is applied \
                 and the build step that writes migrations sees it before; make it unconditional, for example \
                 `pub nickname: Option<String>`"
            ),
        }
    }
}
