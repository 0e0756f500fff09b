//! An enum or a struct is not one that can be an attribute.

use std::fmt;

use super::Rule;
use super::typing::declarable;
use crate::DEFAULT_KEYED_LENGTH;

/// The other way to store an enum or a struct of any shape.
const AS_JSON: &str = "derive `serde::Serialize` and `serde::Deserialize` instead of `LuciaAttribute`, with \
                       `#[lucia(stored_as = Json)]` above the field of the user struct";

#[derive(Clone, Debug)]
pub(crate) enum AttributeShape {
    NotAnAttribute { found: &'static str },
    Generics,
    NoVariants,
    VariantWithFields { variant: String },
    Wrapped { found: String },
    WrappedOption { newtype: String, inner: String },
    SameText { text: String, other: String },
    EmptyText,
    ControlCharacter,
    TooLong,
}

impl AttributeShape {
    pub(crate) const fn rule(&self) -> Rule {
        match self {
            Self::NotAnAttribute { .. } => Rule::NotAnAttribute,
            Self::Generics => Rule::AttributeGenerics,
            Self::NoVariants => Rule::NoVariants,
            Self::VariantWithFields { .. } => Rule::VariantWithFields,
            Self::Wrapped { .. } | Self::WrappedOption { .. } => Rule::Wrapped,
            Self::SameText { .. } => Rule::SameText,
            Self::EmptyText | Self::ControlCharacter | Self::TooLong => Rule::Text,
        }
    }
}

impl fmt::Display for AttributeShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnAttribute { found } => write!(
                f,
                "`LuciaAttribute` can be derived for an enum whose variants have no fields and for a struct with one field, not \
                 for {found}; write for example `pub enum Role {{ Member, Admin }}` or `pub struct Email(String);`, or {AS_JSON}"
            ),
            Self::Generics => f.write_str(
                "a type that derives `LuciaAttribute` cannot have generics, lifetimes or a `where` clause, since it is stored in \
                 one column; wrap an owned type, for example `pub struct Email(String);`",
            ),
            Self::NoVariants => f.write_str(
                "an enum without variants has no value that could be stored; give it some, for example \
                 `pub enum Role { Member, Admin }`",
            ),
            Self::VariantWithFields { variant } => write!(
                f,
                "a variant that is stored as text cannot have fields; write `{variant}`, or {AS_JSON}"
            ),
            Self::Wrapped { found } => write!(
                f,
                "a newtype is stored as the value in it, and `{found}` has no column type on every database; wrap one of \
                 `{}`, for example `pub struct Email(String);`, or {AS_JSON}",
                declarable()
            ),
            Self::WrappedOption { newtype, inner } => write!(
                f,
                "a newtype cannot wrap an `Option`, since the field of the user struct says whether there is a value; write \
                 `pub struct {newtype}({inner});` and make the field an `Option<{newtype}>`"
            ),
            Self::SameText { text, other } => write!(
                f,
                "the variant `{other}` is stored as \"{text}\" already, and could not be told from this one; write for \
                 example `#[lucia(rename = \"{text}_2\")]`"
            ),
            Self::EmptyText => f.write_str(
                "the text of a variant cannot be empty; write for example `#[lucia(rename = \"none\")]`, or make the field of \
                 the user struct an `Option`",
            ),
            Self::ControlCharacter => f.write_str(
                "the text of a variant cannot contain control characters, since not every database can write them in a migration; \
                 write for example `#[lucia(rename = \"admin\")]`",
            ),
            Self::TooLong => write!(
                f,
                "the text of a variant can have at most {DEFAULT_KEYED_LENGTH} characters, so that it can be `unique` and indexed; \
                 write for example `#[lucia(rename = \"admin\")]`"
            ),
        }
    }
}
