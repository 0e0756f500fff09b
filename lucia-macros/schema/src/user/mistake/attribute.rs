//! An enum or a struct is not one that can be an attribute.

use std::fmt;

use super::Rule;
use crate::{DEFAULT_KEYED_LENGTH, Kind};

#[derive(Clone, Debug)]
pub(crate) enum AttributeShape {
    NotAnAttribute { found: &'static str },
    Generics,
    NoVariants,
    VariantWithFields { variant: String },
    Wrapped { found: String },
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
            Self::Wrapped { .. } => Rule::Wrapped,
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
                "`LuciaAttribute` can be derived for enums without fields and for structs around one value, not for {found}; \
                 write `pub enum Role {{ Member, Admin }}` or `pub struct Email(String);`, or store the type as JSON: \
                 `#[lucia(stored_as = Json)]` above the field of the user struct"
            ),
            Self::Generics => f.write_str(
                "an attribute has no generics and no lifetimes, since it is stored in one column; give it an owned type: \
                 `pub struct Email(String);`",
            ),
            Self::NoVariants => f.write_str(
                "an enum without variants has no value that could be stored; give it some, for example \
                 `pub enum Role { Member, Admin }`",
            ),
            Self::VariantWithFields { variant } => write!(
                f,
                "a variant that is stored as text has no fields; write `{variant}`, or store the enum as JSON: \
                 `#[lucia(stored_as = Json)]` above the field of the user struct"
            ),
            Self::Wrapped { found } => {
                let known: Vec<&str> =
                    Kind::PORTABLE.iter().filter(|kind| **kind != Kind::Json).map(|kind| kind.rust_name()).collect();
                write!(
                    f,
                    "a newtype is stored as the value that it is around, and `{found}` does not tell how it is stored; it is \
                     one of `{}`: for example `pub struct Email(String);`",
                    known.join("`, `")
                )
            }
            Self::SameText { text, other } => write!(
                f,
                "the variant `{other}` is stored as \"{text}\" already, and could not be told from this one; write for \
                 example `#[lucia(rename = \"{text}_2\")]`"
            ),
            Self::EmptyText => f.write_str(
                "the text of a variant is not empty; write for example `#[lucia(rename = \"none\")]`, or make the field of \
                 the user struct an `Option`",
            ),
            Self::ControlCharacter => f.write_str(
                "the text of a variant has no control characters, since not every database can write them in a migration; \
                 write for example `#[lucia(rename = \"admin\")]`",
            ),
            Self::TooLong => write!(
                f,
                "the text of a variant has at most {DEFAULT_KEYED_LENGTH} characters, so that it can be `unique` and indexed; \
                 write for example `#[lucia(rename = \"admin\")]`"
            ),
        }
    }
}
