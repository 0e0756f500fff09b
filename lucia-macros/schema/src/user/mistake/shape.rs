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
                 write `pub struct User {{ pub id: UserId }}`"
            ),
            Self::Generics => f.write_str(
                "a user struct has no generics and no lifetimes, since one struct is one table; \
                 give every field an owned type: `pub struct User { pub id: UserId, pub name: String }`",
            ),
            Self::WhereClause => f.write_str(
                "a user struct has no `where` clause, since one struct is one table; remove it: \
                 `pub struct User { pub id: UserId }`",
            ),
            Self::MissingId => f.write_str("missing field `id`; every user has one, add `pub id: UserId`"),
            Self::IdType => f.write_str("the field `id` must be of type `UserId`; write `pub id: UserId`"),
            Self::IdAttributes => f.write_str(
                "the field `id` takes no `lucia` attributes, its column is fixed; write `pub id: UserId`",
            ),
            Self::TooManyColumns { count } => write!(
                f,
                "a user struct has at most {MAX_COLUMNS} fields, `id` included, and this one has {count}; keep the \
                 others in a table of your own that refers to `id`, for example `profile.user_id`"
            ),
            Self::Cfg { attribute } => write!(
                f,
                "`{attribute}` cannot decide over a part of a user struct, since the derive sees one side of it and \
                 the build step that writes migrations sees both; make it unconditional, for example \
                 `pub nickname: Option<String>`"
            ),
        }
    }
}
